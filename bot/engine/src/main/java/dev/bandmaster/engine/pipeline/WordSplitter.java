package dev.bandmaster.engine.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words as a shell would, and does nothing else a shell does: quotes keep words
 * together, a backslash keeps the next character, and that is all.
 */
public sealed interface WordSplitter {

  /** The words of the line. */
  record Split(List<String> words) implements WordSplitter {
    public Split {
      words = List.copyOf(words);
    }
  }

  /** The line cannot be split; the reason is a sentence for the person who typed it. */
  record Unreadable(String reason) implements WordSplitter {}

  static WordSplitter of(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    int quoteAt = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else if (c == '\\' && quote == '"' && i + 1 < line.length()) {
          word.append(line.charAt(++i));
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        quoteAt = i + 1;
        inWord = true;
      } else if (c == '\\' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      return new Unreadable(
          "The quote %c at character %d is never closed. Close it, or write \\%c for the character itself."
              .formatted(quote, quoteAt, quote));
    }
    if (inWord) {
      words.add(word.toString());
    }
    return new Split(words);
  }

  /** A word in the form in which {@link #of} reads it back unchanged. */
  static String quote(String word) {
    boolean plain =
        !word.isEmpty()
            && word.chars().noneMatch(c -> Character.isWhitespace(c) || "\"'\\".indexOf(c) >= 0);
    return plain ? word : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
