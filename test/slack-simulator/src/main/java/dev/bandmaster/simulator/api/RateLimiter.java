package dev.bandmaster.simulator.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Token buckets, one for each key. Safe for use by many threads. */
public final class RateLimiter {
  private static final double SECONDS_A_MINUTE = 60;
  private static final double NANOS_A_SECOND = 1e9;

  private final InstantSource clock;
  private final double scale;
  private final Map<String, Bucket> buckets = new HashMap<>();

  /**
   * Limits by {@code clock}.
   *
   * @param scale 1 for Slack's own rates, 10 for ten times as many calls, 0 for no limits
   */
  public RateLimiter(InstantSource clock, double scale) {
    if (scale < 0) {
      throw new IllegalArgumentException("The rate limit scale must be 0 (off) or more.");
    }
    this.clock = clock;
    this.scale = scale;
  }

  /** Takes a token; where there is none, says after how long there will be one. */
  public synchronized Optional<Duration> take(String key, Rate rate) {
    if (scale == 0) {
      return Optional.empty();
    }
    double burst = Math.max(1, rate.burst() * scale);
    double perSecond = rate.perMinute() * scale / SECONDS_A_MINUTE;
    Instant now = clock.instant();
    Bucket old = buckets.getOrDefault(key, new Bucket(burst, now));
    double passed = Duration.between(old.at(), now).toNanos() / NANOS_A_SECOND;
    double tokens = Math.min(burst, old.tokens() + Math.max(0, passed) * perSecond);
    if (tokens >= 1) {
      buckets.put(key, new Bucket(tokens - 1, now));
      return Optional.empty();
    }
    buckets.put(key, new Bucket(tokens, now));
    return Optional.of(Duration.ofSeconds((long) Math.ceil((1 - tokens) / perSecond)));
  }

  /** Fills every bucket. */
  public synchronized void reset() {
    buckets.clear();
  }

  private record Bucket(double tokens, Instant at) {}
}
