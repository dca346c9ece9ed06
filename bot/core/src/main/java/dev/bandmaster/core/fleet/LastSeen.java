package dev.bandmaster.core.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What was last heard of a node.
 *
 * @param mark of the newest that was heard
 * @param heard when that arrived here, by our clock
 * @param interval the longest time between two beats, as the node says
 * @param leaving whether the newest was a goodbye
 * @param owing since when the node has not answered something that it was asked
 */
public record LastSeen(
    EventVersion mark, Instant heard, Duration interval, boolean leaving, Optional<Instant> owing) {

  /** Assumed until a node's first beat says its interval. */
  public static final Duration USUAL_INTERVAL = Duration.ofSeconds(10);

  /** Of a node that has never been heard. */
  public static final LastSeen NONE =
      new LastSeen(EventVersion.NONE, Instant.EPOCH, USUAL_INTERVAL, false, Optional.empty());

  public boolean wasHeard() {
    return !mark.equals(EventVersion.NONE);
  }

  LastSeen with(boolean goodbye) {
    return new LastSeen(mark, heard, interval, goodbye, Optional.empty());
  }

  LastSeen owingSince(Optional<Instant> since) {
    return new LastSeen(mark, heard, interval, leaving, since);
  }
}
