package dev.bandmaster.slack;

import java.time.Duration;
import java.time.Instant;

/** A budget that fills up with time. Not safe for use by many threads. */
final class TokenBucket {

  private double capacity;
  private double perSecond;
  private double tokens;
  private Instant updated;
  private Instant closedUntil = Instant.MIN;

  TokenBucket(double capacity, double perSecond, Instant now) {
    this.capacity = capacity;
    this.perSecond = perSecond;
    this.tokens = capacity;
    this.updated = now;
  }

  /** How long until a token can be taken that leaves so many behind; zero if now. */
  Duration untilAvailable(double reserve, Instant now) {
    refill(now);
    Duration closed = closedUntil.isAfter(now) ? Duration.between(now, closedUntil) : Duration.ZERO;
    double missing = 1 + reserve - tokens;
    if (missing <= 0) {
      return closed;
    }
    Duration filling = Duration.ofMillis((long) Math.ceil(missing / perSecond * 1000));
    return filling.compareTo(closed) > 0 ? filling : closed;
  }

  /** Takes a token; only after {@link #untilAvailable} was zero. */
  void take() {
    tokens -= 1;
  }

  /** Gives nothing until then, and has just enough for one at that time. */
  void closeUntil(Instant then, Instant now) {
    refill(now);
    if (then.isAfter(closedUntil)) {
      closedUntil = then;
    }
    tokens = Math.min(tokens, 1);
    updated = closedUntil.isAfter(updated) ? closedUntil : updated;
  }

  /** Holds so much and fills up so fast from now on. */
  void resize(double newCapacity, double newPerSecond, Instant now) {
    refill(now);
    capacity = newCapacity;
    perSecond = newPerSecond;
    tokens = Math.min(tokens, capacity);
  }

  private void refill(Instant now) {
    if (now.isAfter(updated)) {
      double seconds = Duration.between(updated, now).toNanos() / 1e9;
      tokens = Math.min(capacity, tokens + seconds * perSecond);
      updated = now;
    }
  }
}
