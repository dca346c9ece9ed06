package dev.bandmaster.engine.webhooks;

/** Makes text of strangers fit for people's eyes and for every database. */
final class SafeText {

  private SafeText() {}

  /**
   * One line without signs that nobody sees: controls, halves of characters, and those that turn
   * the direction of writing, with which a text can look like another one.
   *
   * @param most characters; a longer one is cut, with a sign
   */
  static String line(String text, int most) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), most));
    text.codePoints()
        .limit(most * 2L)
        .forEach(each -> {
          if (Character.isWhitespace(each) || Character.isISOControl(each)) {
            if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
              line.append(' ');
            }
          } else if (isSeen(each)) {
            line.appendCodePoint(each);
          }
        });
    String whole = line.toString().strip();
    return whole.codePointCount(0, whole.length()) <= most
        ? whole
        : whole.substring(0, whole.offsetByCodePoints(0, most - 1)) + "…";
  }

  private static boolean isSeen(int each) {
    return switch (Character.getType(each)) {
      case Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
      // Joins what is one sign in some scripts and in emoji.
      case Character.FORMAT -> each == 0x200D;
      default -> true;
    };
  }

  /** A word that can be typed in a command: anything else in it becomes an underscore. */
  static String word(String text, int most) {
    String word = line(text, most).replaceAll("[^\\p{L}\\p{N}._:-]+", "_");
    return word.replaceAll("^_+|_+$", "");
  }
}
