package dev.bandmaster.core.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What was last seen of a node.
 *
 * @param version of the newest that was seen
 * @param at when that arrived here, by our clock
 * @param interval the longest time between two beats, as the node says
 * @param leaving whether the newest was a goodbye
 * @param unansweredSince since when the node has not answered something that it was asked
 */
public record LastSeen(
    EventVersion version,
    Instant at,
    Duration interval,
    boolean leaving,
    Optional<Instant> unansweredSince) {

  /** Assumed until a node's first beat says its interval. */
  public static final Duration USUAL_INTERVAL = Duration.ofSeconds(10);

  /** Of a node that has never been seen. */
  public static final LastSeen NONE =
      new LastSeen(EventVersion.NONE, Instant.EPOCH, USUAL_INTERVAL, false, Optional.empty());

  public boolean wasSeen() {
    return !version.equals(EventVersion.NONE);
  }

  LastSeen with(boolean goodbye) {
    return new LastSeen(version, at, interval, goodbye, Optional.empty());
  }

  LastSeen withUnansweredSince(Optional<Instant> since) {
    return new LastSeen(version, at, interval, leaving, since);
  }
}
