package dev.bandmaster.bot.node;

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
public record Sign(
    Mark mark, Instant heard, Duration interval, boolean leaving, Optional<Instant> owing) {

  /** Assumed until a node's first beat says its interval. */
  public static final Duration USUAL_INTERVAL = Duration.ofSeconds(10);

  /** Of a node that has never been heard. */
  public static final Sign NONE =
      new Sign(Mark.NONE, Instant.EPOCH, USUAL_INTERVAL, false, Optional.empty());

  public boolean wasHeard() {
    return !mark.equals(Mark.NONE);
  }

  Sign with(boolean goodbye) {
    return new Sign(mark, heard, interval, goodbye, Optional.empty());
  }

  Sign owingSince(Optional<Instant> since) {
    return new Sign(mark, heard, interval, leaving, since);
  }
}
