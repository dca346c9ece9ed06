package dev.bandmaster.engine.leases;

import dev.bandmaster.core.store.Lease;
import dev.bandmaster.core.store.Leases;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.ItemGuard;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this process's lease, and takes the leases of replicas that have fallen silent. It only
 * saves work: whether something may be written is decided in each commit, so two processes that
 * both think that they hold a lease do no harm.
 */
public final class LeaseManager implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseManager.class);

  /** Renewals in a lease; the third failing one in a row lets others take the lease. */
  private static final int RENEWALS = 4;

  /** From one look to the next at most: so long waits what a replica gave up when it stopped. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Leases leases;
  private final String holder;
  private final Duration leaseDuration;
  private final Listener listener;
  private final ItemGuard<String> guard;
  private final HeldLeases held;

  /** Leases that are held elsewhere, which the listener has not been notified of yet. */
  private final Set<String> lost = new LinkedHashSet<>();

  private final Semaphore stop = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("leases").unstarted(this::run);
  private boolean logged;

  /**
   * Prepares the manager; {@link #start} begins the work.
   *
   * @param held where it notes what this process holds
   * @param holder what tells this process from others of the same name; the same again only where
   *     the one before is certainly dead
   * @param leaseDuration how long after the last renewal others take the lease
   */
  public LeaseManager(
      Leases leases,
      HeldLeases held,
      String holder,
      Duration leaseDuration,
      Listener listener,
      InstantSource clock) {
    this.leases = leases;
    this.held = held;
    this.holder = holder;
    this.leaseDuration = leaseDuration;
    this.listener = listener;
    this.guard = ItemGuard.logging(LOG, "Lease", clock, StoreUnavailable.class::isInstance);
  }

  /** Called on the manager's thread. */
  public interface Listener {
    /** From now on the lease's work is this process's; if this throws, it is called again. */
    void taken(Lease lease);

    /** Another process has the lease; if this throws, it is called again. */
    void lost(String name);

    /**
     * Called at every look.
     *
     * @param held the names of all leases that are held here
     * @param replicas how many replicas share the work and the limits
     */
    void stillHeld(List<String> held, int replicas);
  }

  /** Takes the own lease if it is free, and goes on in the background. */
  public void start() {
    look();
    thread.start();
  }

  private void run() {
    try {
      long pause = Math.min(leaseDuration.toMillis() / RENEWALS, LONGEST_PAUSE.toMillis());
      while (!stop.tryAcquire(pause, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One look at all leases. For the thread, and tests. */
  void look() {
    try {
      for (Lease lease : held.all()) {
        guard.run(lease.name() + " (renewal)", () -> renew(lease));
      }
      for (String name : List.copyOf(lost)) {
        guard.run(name + " (loss)", () -> reportLoss(name));
      }
      // Without its own lease a replica does nothing, so this is tried at every look.
      guard.runNow(held.home() + " (own)", this::takeHome);
      for (String name : leases.abandoned()) {
        guard.run(name + " (standby)", () -> standIn(name));
      }
      // The work of all leases is one item, tried at every look too.
      guard.runNow("work", () -> listener.stillHeld(held.names(), leases.holders()));
    } catch (StoreUnavailable e) {
      LOG.warn("Cannot renew the leases: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("Failed to maintain the leases", e);
    }
  }

  private void renew(Lease lease) {
    if (!leases.renew(lease, leaseDuration)) {
      held.remove(lease);
      lost.add(lease.name());
      LOG.info("The lease {} is now held by another process", lease.name());
    }
  }

  private void reportLoss(String name) {
    listener.lost(name);
    lost.remove(name);
  }

  private void takeHome() {
    String home = held.home();
    if (held.ofHome().isPresent()) {
      return;
    }
    Optional<Lease> lease = leases.take(home, holder, leaseDuration, true);
    lease.ifPresent(this::taken);
    if (lease.isEmpty() && !logged) {
      LOG.warn(
          "Another process uses the replica name {}. This one waits until it is gone; each replica needs its own name.",
          home);
    }
    logged = lease.isEmpty();
  }

  private void standIn(String name) {
    if (!name.equals(held.home())) {
      leases.take(name, holder, leaseDuration, false).ifPresent(this::taken);
    }
  }

  private void taken(Lease lease) {
    // Not held before its work has begun: when that fails the lease is taken again.
    listener.taken(lease);
    lost.remove(lease.name());
    held.add(lease);
    LOG.info("This process holds the lease {}", lease.name());
  }

  /** Releases all leases, so that others can take them at once. */
  @Override
  public void close() {
    stop.release();
    try {
      if (thread.isAlive()) {
        thread.join(leaseDuration);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      held.all().forEach(leases::release);
    } catch (StoreUnavailable e) {
      LOG.warn("The leases could not be released; they expire by themselves");
    }
    held.clear();
  }
}
