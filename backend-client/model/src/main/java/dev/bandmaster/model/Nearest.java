package dev.bandmaster.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Nearest {
  private Nearest() {}

  /** Nobody mistypes a longer word; comparing one would take long. */
  private static final int LONGEST = 100;

  /**
   * The candidate with the fewest typing slips (a letter added, lost, changed, or two swapped) from
   * {@code word}, whatever the case of the letters: about one slip for every three letters, and
   * always at least one allowed.
   */
  public static Optional<String> to(String word, Collection<String> candidates) {
    String typed = word.toLowerCase(Locale.ROOT);
    if (typed.length() > LONGEST) {
      return Optional.empty();
    }
    int allowed = Math.max(1, (typed.length() + 1) / 3);
    return candidates.stream()
        .filter(candidate -> Math.abs(candidate.length() - typed.length()) <= allowed)
        .filter(candidate -> slips(typed, candidate.toLowerCase(Locale.ROOT)) <= allowed)
        .min(
            Comparator.comparingInt(
                    (String candidate) -> slips(typed, candidate.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** {@code "; did you mean 'channels'?"}, or nothing when no candidate is near. */
  public static String hint(String word, Collection<String> candidates) {
    return to(word, candidates).map(near -> "; did you mean '" + near + "'?").orElse("");
  }

  /** How many slips lie between two words (optimal string alignment). */
  static int slips(String left, String right) {
    var rows = new int[left.length() + 1][right.length() + 1];
    for (var i = 0; i <= left.length(); i++) {
      rows[i][0] = i;
    }
    for (var j = 0; j <= right.length(); j++) {
      rows[0][j] = j;
    }
    for (var i = 1; i <= left.length(); i++) {
      for (var j = 1; j <= right.length(); j++) {
        var changed = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        var best = Math.min(rows[i - 1][j], rows[i][j - 1]) + 1;
        best = Math.min(best, rows[i - 1][j - 1] + changed);
        if (swapped(left, right, i, j)) {
          best = Math.min(best, rows[i - 2][j - 2] + 1);
        }
        rows[i][j] = best;
      }
    }
    return rows[left.length()][right.length()];
  }

  private static boolean swapped(String left, String right, int i, int j) {
    return i > 1
        && j > 1
        && left.charAt(i - 1) == right.charAt(j - 2)
        && left.charAt(i - 2) == right.charAt(j - 1);
  }
}
