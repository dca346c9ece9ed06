package dev.bandmaster.config;

import dev.bandmaster.yaml.Kind;
import dev.bandmaster.yaml.Kinds;
import java.util.Optional;

/**
 * A pattern for one argument of a program, read like a path: {@code *} stands for any characters
 * but {@code /}, {@code **} for any characters, {@code ?} for one character but {@code /}. No
 * wildcard stands for a dot that has another dot beside it, so {@code ..} is accepted only where
 * the pattern says it. Everything else stands for itself, and the whole argument must match.
 *
 * @param pattern as written, 1 to 200 characters
 */
public record ArgumentPattern(String pattern) {
  private static final int LONGEST = 200;

  public ArgumentPattern {
    if (pattern.isEmpty() || pattern.length() > LONGEST) {
      throw new IllegalArgumentException("a pattern has 1 to 200 characters");
    }
  }

  static Kind<ArgumentPattern> kind() {
    return Kinds.of(
        "a pattern of at most 200 characters, with the wildcards *, ** and ?",
        new ArgumentPattern("?"),
        text ->
            Optional.of(text)
                .filter(given -> !given.isEmpty() && given.length() <= LONGEST)
                .map(ArgumentPattern::new));
  }

  /**
   * Whether the whole argument matches; takes at most pattern length × argument length steps.
   *
   * <p>Keeps, for the part of the pattern read so far, which beginnings of the argument it matches.
   */
  public boolean matches(String argument) {
    int length = argument.length();
    boolean[] reached = new boolean[length + 1];
    reached[0] = true;
    int at = 0;
    while (at < pattern.length()) {
      char wanted = pattern.charAt(at);
      boolean many = wanted == '*';
      boolean crosses = many && at + 1 < pattern.length() && pattern.charAt(at + 1) == '*';
      boolean[] next = new boolean[length + 1];
      next[0] = many && reached[0];
      for (int end = 1; end <= length; end++) {
        int place = end - 1;
        next[end] =
            many
                ? reached[end] || (next[place] && wild(argument, place, crosses))
                : reached[place] && fits(wanted, argument, place);
      }
      reached = next;
      at += crosses ? 2 : 1;
    }
    return reached[length];
  }

  private static boolean fits(char wanted, String argument, int place) {
    return wanted == '?' ? wild(argument, place, false) : wanted == argument.charAt(place);
  }

  /** Whether a wildcard may stand for this character. */
  private static boolean wild(String argument, int place, boolean crosses) {
    char each = argument.charAt(place);
    boolean dots =
        isDot(argument, place) && (isDot(argument, place - 1) || isDot(argument, place + 1));
    return !dots && (crosses || each != '/');
  }

  private static boolean isDot(String argument, int place) {
    return place >= 0 && place < argument.length() && argument.charAt(place) == '.';
  }

  @Override
  public String toString() {
    return pattern;
  }
}
