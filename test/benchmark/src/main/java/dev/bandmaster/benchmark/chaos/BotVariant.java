package dev.bandmaster.benchmark.chaos;

import dev.bandmaster.app.Bot;
import dev.bandmaster.app.ConfigLoader;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.testkit.failpoint.Edge;
import dev.bandmaster.testkit.failpoint.EdgeDriver;
import dev.bandmaster.testkit.failpoint.FailPoint;
import dev.bandmaster.yaml.StrictYaml;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The bot with a death that is fixed in advance, or with a clock that is wrong. Started as a
 * process of its own, in the place of the shipped one.
 */
final class BotVariant {
  private static final String HALT = "chaos.halt";
  private static final String RECORD = "chaos.record";
  private static final String AHEAD = "chaos.ahead";

  /** The program to start in the place of the shipped one. */
  static final List<String> PROGRAM = List.of(BotVariant.class.getName());

  private BotVariant() {}

  /** The option for a process that ends at this edge. */
  static List<String> haltingAt(Edge edge) {
    return List.of("-D" + HALT + "=" + edge);
  }

  /** The option for a process that writes down every edge it comes to. */
  static List<String> recordingIn(Path file) {
    return List.of("-D" + RECORD + "=" + file);
  }

  /** The option for a process on a machine whose clock is so far ahead of the true time. */
  static List<String> withClockAhead(Duration ahead) {
    return List.of("-D" + AHEAD + "=" + ahead);
  }

  /** Understands {@code --config FILE} and nothing else. */
  public static void main(String[] arguments) throws Exception {
    Optional.ofNullable(System.getProperty(RECORD))
        .map(file -> FailPoint.recordingIn(Path.of(file)))
        .or(() ->
            Optional.ofNullable(System.getProperty(HALT))
                .map(edge -> FailPoint.haltingAt(Edge.parse(edge))))
        .ifPresent(EdgeDriver::install);
    BotConfig config = ConfigLoader.load(Path.of(arguments[1]), StrictYaml.standard()).value();
    CompletableFuture<String> fatal = new CompletableFuture<>();
    Bot bot = Bot.start(config, clock(), new SecureRandom(), fatal::complete);
    Runtime.getRuntime().addShutdownHook(new Thread(bot::close, "stop"));
    System.err.println("Stopped: " + fatal.get());
    System.exit(1);
  }

  private static InstantSource clock() {
    Duration ahead = Duration.parse(System.getProperty(AHEAD, "PT0S"));
    return () -> Instant.now().plus(ahead);
  }
}
