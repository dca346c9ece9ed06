package dev.bandmaster.engine.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    TypedLine typed = scan(line);
    return typed
        .unclosed()
        .<WordSplitter>map(Unreadable::new)
        .orElseGet(() -> new Split(typed.texts()));
  }

  /** The words with where they begin; a quote that is never closed reaches to the end. */
  static TypedLine scan(String line) {
    List<TypedLine.Word> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int begun = -1;
    char quote = 0;
    int quoteAt = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (begun < 0 && !Character.isWhitespace(c)) {
        begun = i;
      }
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
      } else if (c == '\\' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
      } else if (!Character.isWhitespace(c)) {
        word.append(c);
      } else if (begun >= 0) {
        words.add(new TypedLine.Word(word.toString(), begun));
        word.setLength(0);
        begun = -1;
      }
    }
    if (begun >= 0) {
      words.add(new TypedLine.Word(word.toString(), begun));
    }
    return new TypedLine(
        line,
        words,
        quote == 0
            ? Optional.empty()
            : Optional.of(
                "The quote %c at character %d is never closed. Close it, or write \\%c for the character itself."
                    .formatted(quote, quoteAt, quote)));
  }

  /** A word in the form in which {@link #of} reads it back unchanged. */
  static String quote(String word) {
    boolean plain =
        !word.isEmpty()
            && word.chars().noneMatch(c -> Character.isWhitespace(c) || "\"'\\".indexOf(c) >= 0);
    return plain ? word : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
