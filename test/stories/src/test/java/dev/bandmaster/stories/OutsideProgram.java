package dev.bandmaster.stories;

import dev.bandmaster.broker.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of others that runs beside the bot, in a folder of its own. */
final class OutsideProgram implements AutoCloseable {
  private static final int SECONDS_TO_END = 60;

  private final Process process;
  private final Path log;

  /** Starts it; its output goes into a file of this name. */
  OutsideProgram(Path folder, String name, Map<String, String> environment, List<String> command)
      throws IOException {
    log = folder.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** Runs one to its end and gives what it printed; it has to end well. */
  static String run(Path folder, String name, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    try (OutsideProgram program = new OutsideProgram(folder, name, environment, command)) {
      boolean ended = program.process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
      if (!ended || program.process.exitValue() != 0) {
        throw new AssertionError(command + " did not end well: " + program.log());
      }
      return program.log();
    }
  }

  /** A port that nobody listens on now. */
  static int freePort() throws IOException {
    return FreePort.find();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** All it has printed. */
  String log() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
