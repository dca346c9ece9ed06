package dev.bandmaster.yaml;

import java.util.List;

/** What a file said, with the remarks that do not stop it from being used. */
public record Loaded<T>(T value, List<Problem> warnings) {
  public Loaded {
    warnings = List.copyOf(warnings);
  }
}
