package dev.bandmaster.app;

import dev.bandmaster.core.backend.Backends;
import dev.bandmaster.core.chat.RateLimiter;
import dev.bandmaster.core.store.Lease;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.engine.clock.ItemGuard;
import dev.bandmaster.engine.fleet.Enrolments;
import dev.bandmaster.engine.inbox.InboxWorker;
import dev.bandmaster.engine.jobs.JobEngine;
import dev.bandmaster.engine.leases.LeaseManager;
import java.util.List;

/**
 * What holding a lease means: this replica handles its jobs, replies and " + "deliveries.
 *
 * @param compareClocks is run at every look
 * @param guard keeps what fails under one name, or in one duty, from stopping the others
 */
record LeaseDuties(
    Outbox outbox,
    JobEngine engine,
    Backends backends,
    InboxWorker inbox,
    RateLimiter budget,
    Enrolments enrolments,
    Runnable compareClocks,
    ItemGuard<String> guard)
    implements LeaseManager.Listener {

  @Override
  public void taken(Lease lease) {
    // What an earlier process of this name was sending need not wait for its claims to expire.
    outbox.releaseClaims(lease.name());
    engine.takeUp(lease).join();
    backends.acquire(lease.name());
    inbox.resume(lease.name());
  }

  @Override
  public void lost(String name) {
    backends.release(name);
    engine.letGo(name);
  }

  @Override
  public void stillHeld(List<String> held, int replicas) {
    guard.run("clocks", compareClocks);
    guard.run("limits", () -> budget.shareWith(replicas));
    for (String name : held) {
      // What was delivered under a name after it was taken over is handled too.
      guard.run("deliveries of " + name, () -> inbox.resume(name));
      guard.run("replies to " + name, () -> backends.acquire(name));
    }
    if (replicas > 1) {
      guard.run("enrolments", enrolments::refresh);
    }
  }
}
