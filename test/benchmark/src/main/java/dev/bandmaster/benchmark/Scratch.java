package dev.bandmaster.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder for the time of a benchmark.
 *
 * @param folder where; gone after the close
 */
public record Scratch(Path folder) implements AutoCloseable {

  /** A new one below the system's folder for such things. */
  public static Scratch create() throws IOException {
    return new Scratch(Files.createTempDirectory("bandmaster-bench-"));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
