package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Schedules.Schedule;
import dev.bandmaster.engine.commands.schedules.ScheduleTime;
import dev.bandmaster.engine.inbox.InboxWorker;
import dev.bandmaster.engine.schedules.ScheduleClock;
import dev.bandmaster.engine.schedules.ScheduledItem;
import java.time.InstantSource;

/** Scheduled commands: when their time has come, they go into this replica's inbox. */
final class ScheduleModule implements AutoCloseable {
  private final ScheduleClock schedules;

  ScheduleModule(BotConfig config, StoreModule stores, InboxWorker inbox, Lifecycle lifecycle) {
    schedules =
        new ScheduleClock(
            stores.store(),
            new ScheduledCommands(inbox, stores.clock(), config.replica()),
            (cron, after) -> ScheduleTime.next(cron, after, config.timeZone()),
            stores.clock());
    lifecycle.own(this);
  }

  private record ScheduledCommands(InboxWorker inbox, InstantSource clock, String replica)
      implements ScheduleClock.Asking {
    @Override
    public Change.AcceptDelivery asked(Schedule schedule) {
      return ScheduledItem.of(schedule, clock.instant(), replica);
    }

    @Override
    public void wake() {
      inbox.resume(replica);
    }
  }

  void start() {
    schedules.start();
  }

  @Override
  public void close() {
    schedules.close();
  }
}
