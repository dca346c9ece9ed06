package dev.bandmaster.benchmark;

import dev.bandmaster.testkit.ShippedFiles;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The launcher, started as a process of its own, and the lines it writes. */
final class Program implements AutoCloseable {
  private static final double NANOS_A_SECOND = 1e9;
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(20);

  private final long started = System.nanoTime();
  private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
  private final Process process;

  /** A line and how long after the start it came. */
  private record Line(String text, long nanos) {}

  private Program(ProcessBuilder builder) throws IOException {
    process = builder.start();
    Thread.ofPlatform().name("program-output").daemon().start(() -> read(process.inputReader()));
  }

  /**
   * Starts {@code ./bandmaster} with these arguments and listens to its standard output.
   *
   * @param errors where its standard error goes
   * @param environment variables besides those of this process
   */
  static Program start(
      ProcessBuilder.Redirect errors, Map<String, String> environment, List<String> arguments)
      throws IOException {
    return new Program(builder(environment, arguments).redirectError(errors));
  }

  /** The same, listening to the standard error too: the programs' logs. */
  static Program withLog(Map<String, String> environment, List<String> arguments)
      throws IOException {
    return new Program(builder(environment, arguments).redirectErrorStream(true));
  }

  private static ProcessBuilder builder(Map<String, String> environment, List<String> arguments) {
    File home = ShippedFiles.home().toFile();
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of(new File(home, "bandmaster").getPath()), arguments.stream())
                    .toList())
            .directory(home)
            .redirectInput(new File("/dev/null"));
    builder.environment().putAll(environment);
    return builder;
  }

  private void read(BufferedReader output) {
    output.lines().forEach(text -> lines.add(new Line(text, System.nanoTime() - started)));
  }

  /** The launcher becomes the program it starts, so this is the program's own id. */
  long pid() {
    return process.pid();
  }

  /** Waits for a line with this text; says how many seconds after the start it came. */
  double secondsUntil(String text, Duration patience)
      throws InterruptedException, TimeoutException {
    try {
      Await.until("a line with '" + text + "'", patience, () -> nanosOf(text) >= 0);
    } catch (TimeoutException e) {
      String all = lines.stream().map(Line::text).collect(Collectors.joining("\n"));
      throw new TimeoutException(e.getMessage() + "; there was:\n" + all);
    }
    return nanosOf(text) / NANOS_A_SECOND;
  }

  private long nanosOf(String text) {
    return lines.stream()
        .filter(line -> line.text().contains(text))
        .mapToLong(Line::nanos)
        .findFirst()
        .orElse(-1);
  }

  /** Waits until it ends by itself; says its exit code. */
  int end(Duration patience) throws InterruptedException, TimeoutException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new TimeoutException("it did not end within " + patience.toSeconds() + " s");
    }
    return process.exitValue();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** Asks it to stop and waits; where that takes too long it is killed. */
  @Override
  public void close() {
    // Through the handle, which leaves the output open to the thread that reads it.
    process.toHandle().destroy();
    try {
      if (!process.waitFor(PATIENCE_AT_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.toHandle().destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.toHandle().destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
