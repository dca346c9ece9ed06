package dev.bandmaster.model;

import java.util.function.Predicate;

/**
 * A pattern with {@code *} for any text and {@code ?} for any one character; everything else stands
 * for itself. It must match the whole text. There are no regular expressions in files people write,
 * because an unescaped dot or a forgotten anchor there is a hole nobody sees.
 *
 * @param pattern as written
 */
public record Glob(String pattern) {
  public Glob {
    if (pattern.isEmpty() || pattern.length() > 200) {
      throw new IllegalArgumentException("a pattern has 1 to 200 characters");
    }
  }

  /** What matches a pattern of any length that a caller has bounded, the empty one included. */
  public static Predicate<String> matching(String pattern) {
    boolean plain = pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
    return plain ? pattern::equals : text -> matches(pattern, text);
  }

  /** Whether the whole text matches; takes at most pattern length × text length steps. */
  public boolean matches(String text) {
    return matches(pattern, text);
  }

  /**
   * Walks both; at a mismatch it goes back to the last {@code *} only and lets it swallow one more
   * character.
   */
  private static boolean matches(String pattern, String text) {
    var at = 0;
    var read = 0;
    var star = -1;
    var resume = 0;
    while (read < text.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        resume = read;
      } else if (at < pattern.length() && fits(pattern.charAt(at), text.charAt(read))) {
        at++;
        read++;
      } else if (star >= 0) {
        at = star + 1;
        read = ++resume;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  private static boolean fits(char wanted, char given) {
    return wanted == '?' || wanted == given;
  }

  @Override
  public String toString() {
    return pattern;
  }
}
