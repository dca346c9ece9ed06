package dev.bandmaster.core.freeze;

import java.time.Instant;

/**
 * A time in which nothing is deployed somewhere, no matter who asks. What runs already goes on.
 *
 * @param origin who says so
 * @param from its first moment
 * @param until the first moment after it
 * @param reason why, in the words of the person who says so
 */
public record Freeze(Origin origin, FreezeScope scope, Instant from, Instant until, String reason) {

  /** Characters of a reason: it stands in the messages of everybody who has to wait. */
  public static final int LONGEST_REASON = 300;

  public Freeze {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("a freeze ends after it begins: " + from + ", " + until);
    }
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException("a freeze has a reason of at most 300 characters");
    }
  }

  /** Who says that nothing is deployed. */
  public sealed interface Origin {

    /**
     * A person, once.
     *
     * @param number what people call the freeze by
     * @param principal who it is
     * @param name the name to show
     */
    record Person(long number, String principal, String name) implements Origin {}

    /**
     * The configuration, again and again.
     *
     * @param name what the freeze is called there
     */
    record Configuration(String name) implements Origin {}
  }

  /** Whether it stands at a moment. */
  public boolean standsAt(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(until);
  }
}
