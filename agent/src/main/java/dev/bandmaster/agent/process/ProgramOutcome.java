package dev.bandmaster.agent.process;

import java.time.Duration;

/** How a program's run ended. */
public sealed interface ProgramOutcome {

  /** It exited; {@code code} is its exit status, 128 + n if signal n ended it. */
  record Exited(int code) implements ProgramOutcome {}

  /** It ran for longer than it may; its process group was ended. */
  record TimedOut(Duration limit) implements ProgramOutcome {}

  /** It was stopped on request; its process group was killed. */
  record Stopped() implements ProgramOutcome {}

  /** It never ran; {@code reason} is a sentence for the person who asked. */
  record NotStarted(String reason) implements ProgramOutcome {}

  /** Whether it ran and exited with 0. */
  default boolean succeeded() {
    return this instanceof Exited(int code) && code == 0;
  }

  /** The result in short, such as {@code exit 3} or {@code still running after 30 s}. */
  default String inWords() {
    return switch (this) {
      case Exited(int code) -> "exit " + code;
      case TimedOut(Duration limit) ->
          "still running after " + seconds(limit) + ", so it was killed";
      case Stopped() -> "stopped on request";
      case NotStarted(String reason) -> reason;
    };
  }

  private static String seconds(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }
}
