package dev.bandmaster.benchmark;

import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.testkit.Conversation;
import dev.bandmaster.testkit.ShippedFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * The bot as operators run it, a process of its own: how long until it is connected to Slack and to
 * the bus, and how much memory it holds. Slack and the broker run in this process, without limits.
 */
final class BotAlone implements Benchmark {
  private static final int RESTARTS = 3;
  private static final int QUESTIONS = 10;
  private static final double MOST_SECONDS = 2;
  private static final double MOST_MEBIBYTES = 200;
  private static final Duration BUILD_PATIENCE = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** One start: seconds until it was ready, and its memory then and after some work. */
  private record Start(double seconds, double whenReady, double afterWork) {}

  @Override
  public String name() {
    return "bot";
  }

  @Override
  public String about() {
    return "the bot alone, from its start to ready, and its resident memory";
  }

  @Override
  public List<Figure> run() throws Exception {
    buildFirst();
    try (Scratch scratch = Scratch.create();
        EmbeddedBroker broker = EmbeddedBroker.start();
        SlackSimulator slack =
            SlackSimulator.start(
                Workspace.defaults(), SimulatorOptions.defaults().withRateScale(0))) {
      Map<String, String> environment = environment(slack, broker, scratch.folder());
      Start first = start(slack, environment);
      List<Start> restarts = new ArrayList<>();
      for (int i = 0; i < RESTARTS; i++) {
        restarts.add(start(slack, environment));
      }
      Samples seconds = new Samples(restarts.stream().map(Start::seconds).toList());
      Samples ready = new Samples(restarts.stream().map(Start::whenReady).toList());
      Samples worked = new Samples(restarts.stream().map(Start::afterWork).toList());
      return List.of(
          Figure.atMost(
              MOST_SECONDS, "first start (makes its keys and its store)", first.seconds(), "s"),
          Figure.atMost(
              MOST_SECONDS, "further starts, median of " + RESTARTS, seconds.median(), "s"),
          Figure.atMost(MOST_MEBIBYTES, "resident memory when ready", ready.median(), "MiB"),
          Figure.atMost(
              MOST_MEBIBYTES,
              "resident memory after %d questions".formatted(QUESTIONS),
              worked.median(),
              "MiB"));
    }
  }

  private static void buildFirst() throws Exception {
    try (Program help = Program.withLog(Map.of(), List.of("run", "--help"))) {
      help.end(BUILD_PATIENCE);
    }
  }

  private static Start start(SlackSimulator slack, Map<String, String> environment)
      throws Exception {
    String config = ShippedFiles.config("bandmaster.yaml").toString();
    try (Program bot = Program.withLog(environment, List.of("run", "--config", config))) {
      double seconds =
          Math.max(
              bot.secondsUntil("Connected to Slack", PATIENCE),
              bot.secondsUntil("The bus is connected", PATIENCE));
      double whenReady = ProcFile.residentMebibytes(bot.pid());
      Conversation ann = Conversation.direct(slack, "ann");
      for (int i = 0; i < QUESTIONS; i++) {
        if (ann.say("whoami", PATIENCE).isEmpty()) {
          throw new TimeoutException("the bot did not answer whoami");
        }
      }
      return new Start(seconds, whenReady, ProcFile.residentMebibytes(bot.pid()));
    }
  }

  private static Map<String, String> environment(
      SlackSimulator slack, EmbeddedBroker broker, Path data) {
    return Map.of(
        "SLACK_APP_TOKEN", slack.workspace().bot().appToken(),
        "SLACK_BOT_TOKEN", slack.workspace().bot().botToken(),
        "SLACK_API_URL", slack.apiUrl(),
        "BANDMASTER_BROKER", broker.uri(),
        "BANDMASTER_DATA", data.toString(),
        "BANDMASTER_ENROLMENT", "automatic",
        "BANDMASTER_WEB_PORT", "0");
  }
}
