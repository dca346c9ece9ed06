package dev.bandmaster.acl;

/**
 * How many nodes a request would touch; known once it is planned.
 *
 * @param count nodes touched
 * @param fleet nodes there are
 * @param filtered whether the person narrowed them down
 * @param counted whether the number is known; without it no rule that allows up to a number of
 *     nodes applies, and every rule that denies from a number on does
 */
public record Targets(int count, int fleet, boolean filtered, boolean counted) {

  /** A number of nodes that is known. */
  public Targets(int count, int fleet, boolean filtered) {
    this(count, fleet, filtered, true);
  }

  /** Nodes whose number is known only when they report. */
  public static Targets uncounted() {
    return new Targets(1, 1, true, false);
  }

  public Targets {
    if (count < 0 || fleet < count) {
      throw new IllegalArgumentException("the number of targets cannot exceed the fleet");
    }
  }
}
