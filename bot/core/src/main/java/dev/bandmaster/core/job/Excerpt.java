package dev.bandmaster.core.job;

import dev.bandmaster.model.TerminalText;

/**
 * What is kept in memory of a node's output: its beginning and its end, and enough to tell whether
 * two nodes printed the same. All of it is in the store.
 *
 * @param head the first characters, at most {@value #HEAD}
 * @param tail the last characters behind the head, at most {@value #TAIL}
 * @param length characters printed so far
 * @param fingerprint equal for equal output, however it was cut into pieces
 */
public record Excerpt(String head, String tail, long length, long fingerprint) {

  public static final Excerpt EMPTY = new Excerpt("", "", 0, 0);

  /** Stands in {@link #text} where something is missing. */
  public static final String GAP = "characters are in the file only …";

  static final int HEAD = 1_000;
  static final int TAIL = 1_000;

  /** A Mersenne prime: sums modulo it need no division, and collisions are one in 2^61. */
  private static final long PRIME = (1L << 61) - 1;

  private static final long BASE = 1_099_511_628_211_003L;

  /** The excerpt of the output with more behind it. */
  public Excerpt and(String more) {
    if (more.isEmpty()) {
      return this;
    }
    long hash = fingerprint;
    for (int i = 0; i < more.length(); i++) {
      hash = times(hash) + more.charAt(i) + 1;
      hash = hash >= PRIME ? hash - PRIME : hash;
    }
    int toHead = Math.min(HEAD - head.length(), more.length());
    String newHead = head + more.substring(0, toHead);
    String rest = more.substring(toHead);
    String behind = rest.length() >= TAIL ? rest : tail + rest;
    String newTail = behind.length() <= TAIL ? behind : behind.substring(safeStart(behind, TAIL));
    return new Excerpt(newHead, newTail, length + more.length(), hash);
  }

  /** Where the last characters begin; never between the halves of one character. */
  private static int safeStart(String text, int characters) {
    int start = text.length() - characters;
    return Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start;
  }

  private static long times(long hash) {
    long high = Math.multiplyHigh(hash, BASE);
    long low = hash * BASE;
    long sum = (low & PRIME) + ((low >>> 61) | (high << 3));
    sum = (sum & PRIME) + (sum >>> 61);
    return sum >= PRIME ? sum - PRIME : sum;
  }

  /**
   * The output as a terminal shows it, or its beginning and its end with a line between them that
   * says what is missing.
   */
  public String text() {
    long missing = length - head.length() - tail.length();
    return missing == 0
        ? TerminalText.read(head + tail)
        : TerminalText.read(head)
            + "\n… %,d ".formatted(missing)
            + GAP
            + "\n"
            + TerminalText.read(tail);
  }

  /** Whether {@link #text} is all of it. */
  public boolean isWhole() {
    return length == head.length() + tail.length();
  }
}
