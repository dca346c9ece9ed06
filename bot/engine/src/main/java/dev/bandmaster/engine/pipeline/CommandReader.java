package dev.bandmaster.engine.pipeline;

import dev.bandmaster.plugin.Arguments;

/** Reads a command without running it. */
@FunctionalInterface
public interface CommandReader {

  /** Whether the line is a command of the asker's. */
  Checked check(Asker asker, String line);

  /** What reading gave. */
  sealed interface Checked {}

  /**
   * A command.
   *
   * @param canonical its canonical spelling
   * @param free whether it was typed in another order than the usage's
   */
  record Good(String canonical, Command command, Arguments arguments, boolean free)
      implements Checked {}

  /** A mistake; the reason is a sentence. */
  record Mistaken(String reason) implements Checked {}
}
