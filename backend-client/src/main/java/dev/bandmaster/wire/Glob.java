package dev.bandmaster.wire;

import java.util.function.Predicate;

/**
 * Patterns with {@code *} and {@code ?}, anchored at both ends, in time bounded by pattern length ×
 * text length.
 */
final class Glob {
  private Glob() {}

  static Predicate<String> matching(String pattern) {
    boolean plain = pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
    return plain ? pattern::equals : text -> matches(pattern, text);
  }

  /**
   * Walks both; at a mismatch it goes back to the last {@code *} only and lets it swallow one more
   * character.
   */
  private static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int swallowed = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        swallowed = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++swallowed;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
