package dev.bandmaster.engine.outbox;

import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.RateLimiter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A pace that a test sets, and that remembers what was limited. */
final class FakePace implements RateLimiter {
  /** Says how long an item waits. */
  @FunctionalInterface
  interface Holding {
    Optional<Duration> hold(Outbound item, boolean redraw, boolean important);
  }

  final List<Duration> limits = new CopyOnWriteArrayList<>();
  private final Holding holding;

  FakePace(Holding holding) {
    this.holding = holding;
  }

  @Override
  public Optional<Duration> hold(Outbound item, boolean redraw, boolean important) {
    return holding.hold(item, redraw, important);
  }

  @Override
  public void limited(Outbound item, boolean redraw, Duration delay) {
    limits.add(delay);
  }
}
