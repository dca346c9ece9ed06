package dev.bandmaster.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the tables of numbers that Linux shows under {@code /proc}. */
final class ProcFile {
  private static final double KIB_PER_MIB = 1024;

  /** The unit of times under {@code /proc} on every Linux that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

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

  /** The processor time that a process has taken since it started, in seconds. */
  static double processorSeconds(long process) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
    // Behind the name, which is in parentheses and may hold anything, come state, ten numbers, and
    // then the time in the program and in the system, in ticks.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }
}
