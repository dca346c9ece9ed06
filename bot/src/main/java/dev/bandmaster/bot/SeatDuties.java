package dev.bandmaster.bot;

import dev.bandmaster.bot.clock.ItemGuard;
import dev.bandmaster.bot.fleet.Enrolments;
import dev.bandmaster.bot.inbox.InboxWorker;
import dev.bandmaster.bot.replica.SeatKeeper;
import dev.bandmaster.bot.slack.SlackBudget;
import dev.bandmaster.bot.store.Outbox;
import dev.bandmaster.bot.store.Seat;
import dev.bandmaster.bot.work.JobDesk;
import dev.bandmaster.bus.AgentBus;
import java.util.List;

/**
 * What holding a seat means: its jobs, its replies and its deliveries are ours.
 *
 * @param compareClocks is run at every look
 * @param guard keeps what fails under one name, or in one duty, from stopping the others
 */
record SeatDuties(
    Outbox outbox,
    JobDesk desk,
    AgentBus bus,
    InboxWorker inbox,
    SlackBudget budget,
    Enrolments enrolments,
    Runnable compareClocks,
    ItemGuard<String> guard)
    implements SeatKeeper.Listener {

  @Override
  public void taken(Seat seat) {
    // What an earlier process of this name was sending need not wait for its claims to expire.
    outbox.releaseClaims(seat.name());
    desk.takeUp(seat).join();
    bus.adopt(seat.name());
    inbox.resume(seat.name());
  }

  @Override
  public void lost(String name) {
    bus.disown(name);
    desk.letGo(name);
  }

  @Override
  public void stillHeld(List<String> held, int replicas) {
    guard.run("clocks", compareClocks);
    guard.run("limits", () -> budget.shareWith(replicas));
    for (String name : held) {
      // What was delivered under a name after it was taken over is handled too.
      guard.run("deliveries of " + name, () -> inbox.resume(name));
      guard.run("replies to " + name, () -> bus.adopt(name));
    }
    if (replicas > 1) {
      guard.run("enrolments", enrolments::refresh);
    }
  }
}
