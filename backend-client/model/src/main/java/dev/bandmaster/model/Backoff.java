package dev.bandmaster.model;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before something that failed is tried again: twice as long each time, and
 * shortened by chance by up to half, so that clients that failed together do not reconnect
 * together.
 *
 * @param first the wait after the first failure, before chance; more than zero
 * @param longest no wait is longer; not less than {@code first}
 */
public record Backoff(Duration first, Duration longest) {
  /** Doubling more often than this could overflow, and would reach the longest wait anyway. */
  private static final int MOST_DOUBLINGS = 20;

  public Backoff {
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("the waits must be positive and grow");
    }
  }

  /**
   * The wait before the next attempt, not yet shortened by chance.
   *
   * @param failures how many failures in a row there were before the last one, 0 or more
   */
  public Duration whole(int failures) {
    Duration doubled = first.multipliedBy(1L << Math.clamp(failures, 0, MOST_DOUBLINGS));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }

  /**
   * The wait before the next attempt.
   *
   * @param failures how many failures in a row there were before the last one, 0 or more
   */
  public Duration delay(int failures, RandomGenerator random) {
    long whole = whole(failures).toNanos();
    return Duration.ofNanos(random.nextLong(whole / 2, whole + 1));
  }
}
