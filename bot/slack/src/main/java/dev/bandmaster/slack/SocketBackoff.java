package dev.bandmaster.slack;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt to open a socket. A socket that worked for a while shows
 * that Slack can be reached: the waits after it begin no longer than it lived, so a line that is
 * cut again and again costs no more time than it works. Not safe for use by many threads.
 */
final class SocketBackoff {

  private final SocketTimings timings;
  private final RandomGenerator random;
  private int failures;

  SocketBackoff(SocketTimings timings, RandomGenerator random) {
    this.timings = timings;
    this.random = random;
  }

  /**
   * Takes back earlier failures, all of them or as many as a socket has outlived.
   *
   * @param time how long the socket lived that Slack had greeted
   * @return whether it lived long enough for its end to be no failure; the next may be opened at
   *     once
   */
  boolean lived(Duration time) {
    boolean stable = time.compareTo(timings.stable()) >= 0;
    while (failures > 0
        && (stable || waits(timings.firstRetry()).whole(failures).compareTo(time) > 0)) {
      failures--;
    }
    return stable;
  }

  /**
   * The pause after one more failure. Half of it is chance, so that many bots that lost Slack
   * together do not come back together.
   *
   * @param refused whether Slack said that it wants no socket now
   * @param atLeast what Slack asked for, or zero
   */
  Duration next(boolean refused, Duration atLeast) {
    Duration first = refused ? timings.firstRefusal() : timings.firstRetry();
    return atLeast.plus(waits(first).delay(failures++, random));
  }

  private dev.bandmaster.model.Backoff waits(Duration first) {
    Duration longest = first.compareTo(timings.longestRetry()) < 0 ? timings.longestRetry() : first;
    return new dev.bandmaster.model.Backoff(first, longest);
  }
}
