package dev.bandmaster.bot.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what may have been meant by a mistyped word. */
final class Suggestions {

  /** Words that differ in more than a third of their letters are other words. */
  private static final int LETTERS_PER_MISTAKE = 3;

  private Suggestions() {}

  /** The nearest of the words, if any is near enough. */
  static Optional<String> nearest(String typed, Collection<String> words) {
    String lower = typed.toLowerCase(Locale.ROOT);
    if (lower.length() > 100) {
      return Optional.empty();
    }
    int most = Math.max(1, (lower.length() + 1) / LETTERS_PER_MISTAKE);
    return words.stream()
        .filter(word -> distance(lower, word.toLowerCase(Locale.ROOT)) <= most)
        .min(
            Comparator.<String>comparingInt(word -> distance(lower, word.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /**
   * The least number of insertions, deletions, replacements and swaps of neighbours between two
   * words (optimal string alignment).
   */
  static int distance(String left, String right) {
    int[][] cost = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, left, right, i, j);
      }
    }
    return cost[left.length()][right.length()];
  }

  private static int cheapest(int[][] cost, String left, String right, int i, int j) {
    int replaced = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
    int cheapest =
        Math.min(Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1), cost[i - 1][j - 1] + replaced);
    boolean swapped =
        i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1);
    return swapped ? Math.min(cheapest, cost[i - 2][j - 2] + 1) : cheapest;
  }
}
