package dev.bandmaster.simulator.workspace;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The few rules that all parts of a workspace share. */
final class Checks {
  private Checks() {}

  static void text(String what, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("The " + what + " is empty.");
    }
  }

  static <T> void distinct(String what, List<T> values, Function<T, String> key) {
    Set<String> seen = new HashSet<>();
    for (T value : values) {
      if (!seen.add(key.apply(value))) {
        throw new IllegalArgumentException(
            "The " + what + " '" + key.apply(value) + "' occurs twice; it must be unique.");
      }
    }
  }
}
