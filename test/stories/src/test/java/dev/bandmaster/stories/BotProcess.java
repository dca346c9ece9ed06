package dev.bandmaster.stories;

import dev.bandmaster.app.Main;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The bot as a process of its own, which can be killed at any moment. */
final class BotProcess implements AutoCloseable {
  private final ProcessBuilder builder;
  private Process process;

  /**
   * Starts a bot.
   *
   * @param log where its output goes, behind what is there
   */
  BotProcess(Path config, Map<String, String> environment, Path log) throws IOException {
    builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Djdk.virtualThreadScheduler.parallelism=16",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "run",
                    "--config",
                    config.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Ends it as an init system does, and waits until it has. */
  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  /** Starts it once more. */
  void startAgain() throws IOException {
    process = builder.start();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
