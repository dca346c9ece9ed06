package dev.bandmaster.benchmark.chaos;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One of our programs as a process of its own, from the jars this process runs from, which can be
 * killed and started again. Used by one thread at a time.
 */
final class ChildJvm implements AutoCloseable {
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(20);

  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private @Nullable Process process;

  /**
   * Prepares a program.
   *
   * @param options for Java, beside those with which the launcher starts a program
   * @param arguments the main class and what it is told
   * @param log where its output goes, behind what is there
   */
  ChildJvm(
      List<String> options, List<String> arguments, Map<String, String> environment, Path log) {
    this.command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xms32m",
            // Most of these processes do not live long enough for the optimising compiler.
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Djdk.virtualThreadScheduler.parallelism=16"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.addAll(arguments);
    this.environment = Map.copyOf(environment);
    this.log = log;
  }

  void start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()))
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().putAll(environment);
    process = builder.start();
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Its process id while it runs. */
  Optional<Long> pid() {
    return Optional.ofNullable(process).filter(Process::isAlive).map(Process::pid);
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  /** Makes it stand still, or go on: {@code SIGSTOP}, {@code SIGCONT}. */
  void signal(String name) throws IOException, InterruptedException {
    if (process != null) {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }
  }

  /** Waits until it ends by itself; its exit code, or empty where it still runs. */
  Optional<Integer> awaitEnd(Duration patience) throws InterruptedException {
    Process running = process;
    if (running == null || !running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return Optional.empty();
    }
    return Optional.of(running.exitValue());
  }

  /** Asks it to stop, and kills it where that takes too long. */
  @Override
  public void close() {
    Process running = process;
    if (running == null) {
      return;
    }
    running.destroy();
    try {
      if (awaitEnd(PATIENCE_AT_STOP).isEmpty()) {
        kill();
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
