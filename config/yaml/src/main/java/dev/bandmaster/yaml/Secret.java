package dev.bandmaster.yaml;

/**
 * A token, password or key. Prints as {@code Secret(…)} wherever it is logged by accident; the text
 * comes out through {@link #reveal} only, which is easy to search for.
 */
public final class Secret {
  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  public static Secret of(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a secret is not blank");
    }
    return new Secret(text);
  }

  /** The secret itself: hand it to what needs it, and never print it. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "Secret(…)";
  }
}
