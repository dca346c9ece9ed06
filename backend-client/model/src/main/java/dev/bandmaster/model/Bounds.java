package dev.bandmaster.model;

/**
 * Bounds for the short texts of a message: everything that arrives from outside has a length that
 * was chosen.
 */
public final class Bounds {
  /**
   * Longest name of a node, app, env, collective, capability, action, role or tag, in UTF-16 units.
   */
  public static final int NAME = 200;

  /** Longest sentence written for a person, in UTF-16 units; longer ones belong into output. */
  static final int SENTENCE = 4_000;

  private Bounds() {}

  /**
   * Returns {@code value} when it has between 1 and {@code longest} characters, none of them a
   * control character.
   */
  public static String name(String value, String what) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(what + " is missing");
    }
    return nameOrEmpty(value, what);
  }

  /** As {@link #name} for texts that may be left empty. */
  public static String nameOrEmpty(String value, String what) {
    bounded(value, NAME, what);
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(what + " contains a control character");
    }
    return value;
  }

  /** Returns {@code value} when it is at most {@code longest} characters long. */
  static String bounded(String value, int longest, String what) {
    if (value.length() > longest) {
      throw new IllegalArgumentException(
          "%s has %d characters; at most %d are allowed".formatted(what, value.length(), longest));
    }
    return value;
  }
}
