package dev.bandmaster.engine.pipeline;

import java.util.List;

/** Reads a command without running it. */
@FunctionalInterface
public interface CommandReader {

  /** Whether the words are a command of the asker's. */
  Checked check(Asker asker, List<String> words);

  /** What reading gave. */
  sealed interface Checked {}

  /** A command, in its canonical spelling. */
  record Good(String canonical) implements Checked {}

  /** A mistake; the reason is a sentence. */
  record Mistaken(String reason) implements Checked {}
}
