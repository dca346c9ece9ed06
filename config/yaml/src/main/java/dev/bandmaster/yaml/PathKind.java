package dev.bandmaster.yaml;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A file or folder; relative ones start at the folder of the file that names them. */
record PathKind() implements Kind<Path> {
  @Override
  public String name() {
    return "a file or folder";
  }

  @Override
  public Path placeholder() {
    return Path.of(".");
  }

  @Override
  public Optional<Path> read(Value value) {
    return value.text(this).flatMap(text -> resolve(value, text));
  }

  private static Optional<Path> resolve(Value value, String text) {
    try {
      return Optional.of(value.directory().resolve(text).normalize());
    } catch (InvalidPathException refused) {
      return value.refuse("is not a valid path on this system");
    }
  }
}
