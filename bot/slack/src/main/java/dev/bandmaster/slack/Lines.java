package dev.bandmaster.slack;

import java.util.ArrayList;
import java.util.List;

/** Cuts long text into parts without losing a character. */
final class Lines {

  private Lines() {}

  /**
   * The text in parts of at most so many characters each. Each part but the last ends after a line
   * end, or inside a line that is longer than a part; never inside a character of two units.
   */
  static List<String> split(String text, int most) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    while (text.length() - start > most) {
      int cut = text.lastIndexOf('\n', start + most - 1) + 1;
      if (cut <= start) {
        cut = start + most;
        if (Character.isHighSurrogate(text.charAt(cut - 1)) && most > 1) {
          cut--;
        }
      }
      parts.add(text.substring(start, cut));
      start = cut;
    }
    if (start < text.length()) {
      parts.add(text.substring(start));
    }
    return parts;
  }

  /** How many lines a text has; none if it is empty. */
  static int count(String text) {
    return (int) text.lines().count();
  }

  /** The text with a visible sign where it had to be cut. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - 1;
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }
}
