package dev.bandmaster.simulator.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A clock and a timer that stand still until a test moves them on. Safe for many threads. */
public final class ManualTime implements Timer, InstantSource {
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::number));
  private Instant now = Instant.parse("2026-03-02T10:00:00Z");
  private long counter;

  private record Due(Instant at, long number, Runnable task) {}

  @Override
  public synchronized void after(Duration delay, Runnable task) {
    counter++;
    queue.add(new Due(now.plus(delay), counter, task));
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Moves on, and does on this thread what falls due, each at its own time. */
  public void pass(Duration time) {
    Instant end = instant().plus(time);
    for (Due due = next(end); due != null; due = next(end)) {
      due.task().run();
    }
    reach(end);
  }

  private synchronized @Nullable Due next(Instant end) {
    Due first = queue.peek();
    if (first == null || first.at().isAfter(end)) {
      return null;
    }
    queue.remove(first);
    reach(first.at());
    return first;
  }

  private synchronized void reach(Instant at) {
    if (at.isAfter(now)) {
      now = at;
    }
  }

  @Override
  public synchronized void close() {
    queue.clear();
  }
}
