package dev.bandmaster.engine.webhooks;

import java.time.Duration;
import java.time.Instant;

/** Lets so many pass in a minute, all at once or one by one. Safe for use by many threads. */
public final class RequestRate {
  private static final double NANOS = 1e9;

  private final int most;
  private double left;
  private Instant filled = Instant.EPOCH;

  /**
   * A pace.
   *
   * @param perMinute how many pass
   */
  public RequestRate(int perMinute) {
    this.most = perMinute;
    this.left = perMinute;
  }

  /** Lets one pass: zero, or how long the next one has to wait. */
  public synchronized Duration pass(Instant now) {
    if (now.isAfter(filled)) {
      double seconds = Duration.between(filled, now).toNanos() / NANOS;
      left = Math.min(most, left + seconds * most / 60);
      filled = now;
    }
    if (left < 1) {
      return Duration.ofMillis((long) Math.ceil((1 - left) * 60_000 / most));
    }
    left--;
    return Duration.ZERO;
  }
}
