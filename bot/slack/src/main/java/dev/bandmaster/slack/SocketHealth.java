package dev.bandmaster.slack;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the way in is doing.
 *
 * <p>That a socket answers pings shows that Slack's end is alive, not that it still delivers: there
 * have been sockets that were open and deaf. So a socket that has been quiet for long is replaced,
 * and the time since the last message is here for monitoring.
 *
 * @param state what the client is at
 * @param sockets how many are open now; two for a moment while one replaces another
 * @param lastHello when Slack last greeted a new socket
 * @param lastEnvelope when the last payload came
 * @param opened how many sockets have been opened so far
 * @param suspected how many of them were replaced because they delivered nothing for long
 * @param connections how many sockets the app had, those of other replicas included, when Slack
 *     last greeted one
 * @param lines the sockets that are open
 * @param problem why there is no socket, or empty
 */
public record SocketHealth(
    State state,
    int sockets,
    Optional<Instant> lastHello,
    Optional<Instant> lastEnvelope,
    long opened,
    long suspected,
    int connections,
    List<Line> lines,
    String problem) {

  public SocketHealth {
    lines = List.copyOf(lines);
  }

  /**
   * One open socket.
   *
   * @param greeted when Slack said hello
   * @param delivered when it last delivered an envelope
   */
  public record Line(String name, Optional<Instant> greeted, Optional<Instant> delivered) {}

  /** What a client is at. */
  public enum State {
    NEW,
    CONNECTING,
    CONNECTED,
    /** A fatal error: nothing more is tried. */
    FAILED,
    STOPPED
  }

  /** Time since the last message; empty before the first hello. */
  public Optional<Duration> silence(Instant now) {
    Optional<Instant> newest =
        lastEnvelope.filter(at -> lastHello.map(at::isAfter).orElse(true)).or(() -> lastHello);
    return newest.map(at -> Duration.between(at, now));
  }
}
