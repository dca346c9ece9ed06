package dev.bandmaster.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the figures were measured on. */
final class Machine {
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final double KIB_PER_GIB = 1024 * 1024;

  private Machine() {}

  /** One line: cores, how busy they already are, memory, JDK and system. */
  static String describe() throws IOException {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return "%d cores%s%s, %s %s, %s %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            load < 0 ? "" : " (load %.1f before the start)".formatted(load),
            memory(),
            System.getProperty("java.vendor"),
            Runtime.version(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }

  private static String memory() throws IOException {
    if (!Files.isReadable(MEMORY)) {
      return "";
    }
    return ", %.0f GiB".formatted(ProcFile.kibibytes(MEMORY, "MemTotal") / KIB_PER_GIB);
  }
}
