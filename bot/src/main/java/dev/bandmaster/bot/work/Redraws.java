package dev.bandmaster.bot.work;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** Which messages have to be drawn again, and when they may. Used by one thread. */
final class Redraws {

  private final IntFunction<Duration> interval;
  private final Map<String, Instant> drawn = new HashMap<>();
  private final Set<String> dirty = new HashSet<>();

  Redraws(IntFunction<Duration> interval) {
    this.interval = interval;
  }

  void wanted(String job) {
    dirty.add(job);
  }

  void forget(String job) {
    dirty.remove(job);
    drawn.remove(job);
  }

  /** The jobs whose time has come; they count as drawn from now on. */
  Set<String> due(Instant now, int running) {
    if (dirty.isEmpty()) {
      return Set.of();
    }
    Duration between = interval.apply(running);
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
