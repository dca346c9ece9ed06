package dev.bandmaster.engine.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line as somebody typed it, with its words and where each begins. What is free text is taken
 * from the line and not from the words, so nothing that is typed there is lost or changed.
 *
 * @param unclosed a sentence about a quote that is never closed; the last word reaches to the end
 */
record TypedLine(String line, List<Word> words, Optional<String> unclosed) {

  TypedLine {
    words = List.copyOf(words);
  }

  /**
   * A word.
   *
   * @param text without its quotes
   * @param start where it begins in the line
   */
  record Word(String text, int start) {}

  static TypedLine of(String line) {
    return WordSplitter.scan(line);
  }

  /** A line of these words. */
  static TypedLine of(List<String> words) {
    return of(String.join(" ", words.stream().map(WordSplitter::quote).toList()));
  }

  /** The words alone. */
  List<String> texts() {
    return words.stream().map(Word::text).toList();
  }

  /** The same line without its first words. */
  TypedLine from(int word) {
    return new TypedLine(line, words.subList(word, words.size()), unclosed);
  }

  /** The same line with these of its words. */
  TypedLine with(List<Word> some) {
    return new TypedLine(line, some, unclosed);
  }

  /** What was typed from the beginning of a word to the end of the line. */
  String tail(int word) {
    return line.substring(words.get(word).start()).strip();
  }

  /** The same line with one word put in the place of another. */
  TypedLine replacing(int word, String text) {
    List<Word> some = new ArrayList<>(words);
    some.set(word, new Word(text, words.get(word).start()));
    return new TypedLine(line, some, unclosed);
  }
}
