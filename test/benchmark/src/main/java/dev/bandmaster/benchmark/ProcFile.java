package dev.bandmaster.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the tables of numbers that Linux shows under {@code /proc}. */
final class ProcFile {
  private static final double KIB_PER_MIB = 1024;

  private ProcFile() {}

  /** A line such as {@code VmRSS: 93412 kB}. */
  static long kibibytes(Path file, String key) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(key + ":")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("%s has no line %s".formatted(file, key));
  }

  /** The memory of a process that is in RAM, in MiB, the code and files it shares included. */
  static double residentMebibytes(long process) throws IOException {
    return kibibytes(Path.of("/proc", Long.toString(process), "status"), "VmRSS") / KIB_PER_MIB;
  }
}
