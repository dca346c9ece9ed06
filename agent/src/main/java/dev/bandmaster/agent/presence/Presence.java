package dev.bandmaster.agent.presence;

import dev.bandmaster.bus.FaultLog;
import dev.bandmaster.model.Load;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.wire.NodeDescriptions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's heartbeat: the whole description at each connection and when it has changed, a short
 * sign of life in between. The time between two signs varies by chance, so that a fleet that was
 * started at once does not beat as one. The watcher receives the longest time, so that a sign
 * within the variation is never late.
 */
public final class Presence implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

  /** How far the time between two signs varies to either side. */
  private static final double VARIATION = 0.2;

  private final FaultLog faults = new FaultLog(LOG);
  private final Announcer announcer;
  private final Supplier<NodeDescription> describe;
  private final IntSupplier runningJobs;
  private final Duration interval;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean join;
  private boolean look;
  private boolean asked;
  private boolean stopped;
  private String announced = "";
  private @Nullable Thread thread;

  /**
   * A presence that is silent until {@link #start}.
   *
   * @param describe makes a fresh description
   * @param runningJobs how many requests are being run
   * @param interval the mean time between two signs of life
   */
  public Presence(
      Announcer announcer,
      Supplier<NodeDescription> describe,
      IntSupplier runningJobs,
      Duration interval,
      RandomGenerator random) {
    this.announcer = announcer;
    this.describe = describe;
    this.runningJobs = runningJobs;
    this.interval = interval;
    this.random = random;
  }

  /** Begins to announce. */
  public void start() {
    thread = Thread.ofVirtual().name("presence").start(this::work);
  }

  /** The bus is connected: the next announcement is a join. */
  public void connected() {
    signal(() -> join = true);
  }

  /** Something about the node may have changed: looks at once instead of with the next sign. */
  public void changed() {
    signal(() -> look = true);
  }

  /** Answers a presence call with the full description, changed or not. */
  public void introduce() {
    signal(() -> asked = true);
  }

  /** Says goodbye and falls silent. */
  @Override
  public void close() {
    signal(() -> stopped = true);
    Thread worker = thread;
    if (worker != null) {
      try {
        worker.join(Duration.ofSeconds(5));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void signal(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private enum Duty {
    JOIN,
    INTRODUCE,
    BEAT,
    LOOK,
    LEAVE
  }

  private void work() {
    try {
      Duty duty = await();
      while (duty != Duty.LEAVE) {
        perform(duty);
        duty = await();
      }
      announcer.announce(PresenceEvent.Leave::new);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Duty await() throws InterruptedException {
    double factor = 1 - VARIATION + 2 * VARIATION * random.nextDouble();
    long left = (long) (interval.toNanos() * factor);
    lock.lock();
    try {
      while (!stopped && !join && !asked && !look && left > 0) {
        left = changed.awaitNanos(left);
      }
      Duty duty = next();
      join = false;
      asked = false;
      look = false;
      return duty;
    } finally {
      lock.unlock();
    }
  }

  /** The weightiest duty; what it covers of the others need not be done again. */
  private Duty next() {
    if (stopped) {
      return Duty.LEAVE;
    }
    if (join) {
      return Duty.JOIN;
    }
    if (asked) {
      return Duty.INTRODUCE;
    }
    return look ? Duty.LOOK : Duty.BEAT;
  }

  private void perform(Duty duty) {
    try {
      NodeDescription description = describe.get();
      String hash = NodeDescriptions.hash(description);
      if (duty == Duty.JOIN) {
        announceDescription(
            hash, announcer.announce(stamp -> new PresenceEvent.Join(stamp, description)));
      } else if (duty == Duty.INTRODUCE || !hash.equals(announced)) {
        announceDescription(
            hash, announcer.announce(stamp -> new PresenceEvent.Update(stamp, description)));
      }
      if (duty == Duty.BEAT) {
        announcer.announce(stamp ->
            new PresenceEvent.Alive(stamp, load(), longest(), runningJobs.getAsInt(), hash));
      }
      faults.recovered("Describing the node");
    } catch (Throwable e) {
      faults.failed("Describing the node", e);
      // It lives all the same, and says so, with the description that is known of it.
      if (duty == Duty.BEAT) {
        announcer.announce(stamp ->
            new PresenceEvent.Alive(stamp, load(), longest(), runningJobs.getAsInt(), announced));
      }
    }
  }

  private void announceDescription(String hash, boolean sent) {
    announced = sent ? hash : "";
  }

  private Duration longest() {
    return Duration.ofMillis((long) (interval.toMillis() * (1 + VARIATION)));
  }

  private static Load load() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return new Load(system.getSystemLoadAverage(), system.getAvailableProcessors());
  }
}
