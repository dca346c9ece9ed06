package dev.bandmaster.slack;

import java.time.Duration;

/**
 * How patient the socket is. All durations are more than zero.
 *
 * @param hello how long a new socket may take until Slack says hello
 * @param ping how often Slack is pinged; a socket without a pong for this long is given up
 * @param linger how long a replaced socket stays open for what is still on its way
 * @param stable how long a socket must have lived for its end not to count as a failure
 * @param quiet how long a socket may deliver nothing before it is replaced on suspicion of deafness
 * @param firstRetry the pause after a first failure; it doubles with each further one, and after a
 *     socket that worked it is no longer than that socket lived
 * @param firstRefusal the same where Slack refuses sockets for now
 * @param longestRetry the longest pause, whatever happened
 */
public record SocketTimings(
    Duration hello,
    Duration ping,
    Duration linger,
    Duration stable,
    Duration quiet,
    Duration firstRetry,
    Duration firstRefusal,
    Duration longestRetry) {

  /**
   * What suits Slack: it warns about ten seconds before it closes a socket. An event that is not
   * acknowledged comes again at once, after one minute and after five more, so a deaf socket has to
   * be replaced within five minutes for the last of these to be received.
   */
  public static final SocketTimings DEFAULT =
      new SocketTimings(
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofMinutes(4),
          Duration.ofMillis(500),
          Duration.ofSeconds(20),
          Duration.ofMinutes(2));

  public SocketTimings {
    for (Duration each :
        new Duration[] {
          hello, ping, linger, stable, quiet, firstRetry, firstRefusal, longestRetry
        }) {
      if (!each.isPositive()) {
        throw new IllegalArgumentException("every socket timing must be positive");
      }
    }
  }
}
