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
