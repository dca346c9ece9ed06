package dev.bandmaster.engine.pipeline;

import java.util.function.Function;

/**
 * What a stage of the pipeline makes of a command: it goes on, or it ends here.
 *
 * @param <T> what the next stage needs
 */
public sealed interface Step<T> {

  /** The command goes on with this. */
  record On<T>(T value) implements Step<T> {}

  /** The command ends here, for a reason that the requester sees. */
  record End<T>(CommandResult ending) implements Step<T> {}

  static <T> Step<T> on(T value) {
    return new On<>(value);
  }

  static <T> Step<T> end(CommandResult ending) {
    return new End<>(ending);
  }

  /** Runs the next stage, unless the command has ended. */
  default <R> Step<R> then(Function<? super T, Step<R>> stage) {
    return switch (this) {
      case On<T>(T value) -> stage.apply(value);
      case End<T>(CommandResult ending) -> new End<>(ending);
    };
  }
}
