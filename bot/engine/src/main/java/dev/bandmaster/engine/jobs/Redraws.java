package dev.bandmaster.engine.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which messages have to be drawn again, and when they may. Used by one thread.
 *
 * <p>The chat shows fewer drawings than are made where many jobs run. They are made often all the
 * same: what is sent when a message's turn comes is as old as its last drawing.
 */
final class Redraws {

  /** Ten drawings a second of all jobs together cost a few hundredths of a core. */
  private static final Duration INTERVAL_PER_JOB = Duration.ofMillis(100);

  private static final Duration SHORTEST_TICK = Duration.ofSeconds(5);
  private static final Duration LONGEST_TICK = Duration.ofMinutes(1);

  /** As many jobs as may each be drawn at the shortest tick. */
  private static final int JOBS_PER_TICK = 3;

  private final Duration shortest;
  private final Map<String, Instant> drawn = new HashMap<>();
  private final Set<String> dirty = new HashSet<>();

  /**
   * Nothing to draw yet.
   *
   * @param shortest between two drawings of one job, however few there are
   */
  Redraws(Duration shortest) {
    this.shortest = shortest;
  }

  void wanted(String job) {
    dirty.add(job);
  }

  void forget(String job) {
    dirty.remove(job);
    drawn.remove(job);
  }

  /**
   * Wants a job that runs drawn again after a while, so that the time it runs for stays about
   * right: every few seconds at first, and less often the longer it runs and the more run beside
   * it. The chat takes some fifty drawings a minute of all jobs together.
   *
   * @param elapsed for how long it runs
   * @param running how many jobs there are
   */
  void tick(String job, Duration elapsed, int running, Instant now) {
    Instant last = drawn.get(job);
    if (last == null || last.isAfter(now)) {
      return;
    }
    Duration share = elapsed.dividedBy(10);
    Duration between = share.compareTo(SHORTEST_TICK) < 0 ? SHORTEST_TICK : share;
    between = between.compareTo(LONGEST_TICK) > 0 ? LONGEST_TICK : between;
    if (!last.plus(between.multipliedBy(1 + running / JOBS_PER_TICK)).isAfter(now)) {
      dirty.add(job);
    }
  }

  private Duration interval(int running) {
    Duration shared = INTERVAL_PER_JOB.multipliedBy(running);
    return shared.compareTo(shortest) > 0 ? shared : shortest;
  }

  /** The jobs whose time has come; they count as drawn from now on. */
  Set<String> due(Instant now, int running) {
    if (dirty.isEmpty()) {
      return Set.of();
    }
    Duration between = interval(running);
    Set<String> due = new HashSet<>();
    for (String job : dirty) {
      Instant last = drawn.get(job);
      if (last == null || !last.plus(between).isAfter(now) || last.isAfter(now)) {
        due.add(job);
      }
    }
    due.forEach(job -> {
      dirty.remove(job);
      drawn.put(job, now);
    });
    return due;
  }
}
