package dev.bandmaster.bot.slack;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt to open a socket. Not safe for use by many threads. */
final class Backoff {

  /** Doubling more often than this would only reach the longest pause again. */
  private static final int MOST_DOUBLINGS = 20;

  private final SocketTimings timings;
  private final RandomGenerator random;
  private int failures;

  Backoff(SocketTimings timings, RandomGenerator random) {
    this.timings = timings;
    this.random = random;
  }

  /** Forgets earlier failures: the last socket lived long enough. */
  void reset() {
    failures = 0;
  }

  /**
   * The pause after one more failure. Half of it is chance, so that many bots that lost Slack
   * together do not come back together.
   *
   * @param refused whether Slack said that it wants no socket now
   * @param atLeast what Slack asked for, or zero
   */
  Duration next(boolean refused, Duration atLeast) {
    long first = (refused ? timings.firstRefusal() : timings.firstRetry()).toMillis();
    long doubled = first << Math.min(failures, MOST_DOUBLINGS);
    long whole = Math.max(1, Math.min(doubled, timings.longestRetry().toMillis()));
    failures++;
    return atLeast.plusMillis(random.nextLong(whole / 2, whole + 1));
  }
}
