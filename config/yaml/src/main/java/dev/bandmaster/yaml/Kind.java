package dev.bandmaster.yaml;

import java.util.Optional;

/** How a value is written, read and described. {@link Kinds} has the usual ones. */
public interface Kind<T> {
  /** What a person should write, to follow "must be": {@code "a duration such as 90s"}. */
  String name();

  /** Reads the value, or reports on {@code value} why it cannot be read and returns nothing. */
  Optional<T> read(Value value);

  /**
   * Placeholder for a value that could not be read, so that reading continues to the next error.
   */
  T placeholder();

  /** How a value is written in a file; used to show defaults. */
  default String show(T value) {
    return String.valueOf(value);
  }

  /** Adds the keys inside such a value to the reference; most kinds have none. */
  default void describe(Description inside) {}
}
