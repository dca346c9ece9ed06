package dev.bandmaster.engine.pipeline;

import dev.bandmaster.plugin.Arguments;
import java.util.Optional;
import java.util.regex.Pattern;

/** The numbers by which people call jobs, freezes, alerts and silences. */
public final class Numbers {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

  private Numbers() {}

  /** The number that a word is, if it is one. */
  public static Optional<Long> of(String word) {
    return NUMBER.matcher(word).matches() ? Optional.of(Long.parseLong(word)) : Optional.empty();
  }

  /** The number in an argument; none if the word is no number, as it may be in a {@code why}. */
  public static Optional<Long> named(Arguments arguments, String name) {
    return arguments.find(name).flatMap(Numbers::of);
  }
}
