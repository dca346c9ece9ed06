package dev.bandmaster.benchmark;

import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.api.Call;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.socket.Delivery;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.testfleet.Behaviours;
import dev.bandmaster.testfleet.EmulatedFleet;
import dev.bandmaster.testfleet.FleetSettings;
import dev.bandmaster.testfleet.Naming;
import dev.bandmaster.testkit.BotOnSimulator;
import dev.bandmaster.testkit.ShippedFiles;
import dev.bandmaster.wire.BotKeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * How quickly a click on Approve is acknowledged and seen, from Slack's side, and what a thousand
 * requests cost that nobody decides on, against the same bot without any. The bot is a process of
 * its own; Slack, broker and fleet are in this one. Slack refuses nothing here, but the bot keeps
 * to its limits all the same, and so do the people: they pause between two decisions.
 */
final class Approvals implements Benchmark {
  private static final int WARM_UP = 3;
  private static final int CLICKS = 15;
  private static final int PENDING = 1_000;
  private static final int NODES = 4;

  private static final double MOST_MILLIS_ACKNOWLEDGED = 20;
  private static final double MOST_MILLIS_SEEN = 300;

  /** Of one processor, more than the same bot takes that nobody has asked anything. */
  private static final double MOST_PERCENT = 0.5;

  /**
   * Between two decisions. Slack takes 50 redraws a minute from an app in all channels together,
   * and a deploy has three or four: approved, running, done.
   */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final Duration WARM = Duration.ofSeconds(10);
  private static final Duration REST = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "approvals";
  }

  @Override
  public String about() {
    return "%d clicks on Approve, and %,d requests at rest".formatted(CLICKS, PENDING);
  }

  @Override
  public List<Figure> run() throws Exception {
    try (Scratch scratch = Scratch.create();
        EmbeddedBroker broker = EmbeddedBroker.start();
        SlackSimulator slack =
            SlackSimulator.start(
                Workspace.defaults(), SimulatorOptions.defaults().withRateScale(0))) {
      Path data = scratch.folder();
      BotOnSimulator keys = new BotOnSimulator(slack, broker.uri(), data, Map.of());
      Map<String, String> environment = environment(slack, broker, data);
      try (EmulatedFleet _ = fleet(broker, keys.keyLine())) {
        List<Figure> figures = new ArrayList<>();
        try (Program _ = start(environment)) {
          awaitFleet(slack);
          figures.addAll(clicks(slack));
        }
        double without = percentAtRest(environment);
        try (Program _ = start(environment)) {
          awaitFleet(slack);
          ask(slack);
        }
        PendingRequests.multiply(keys.config(), data.resolve("bandmaster.db"), PENDING);
        figures.addAll(rest(without, percentAtRest(environment)));
        return figures;
      }
    }
  }

  private static Program start(Map<String, String> environment) throws Exception {
    String config = ShippedFiles.config("bandmaster.yaml").toString();
    Program bot = Program.withLog(environment, List.of("run", "--config", config));
    bot.secondsUntil("The bus is connected", PATIENCE);
    bot.secondsUntil("Connected to Slack", PATIENCE);
    return bot;
  }

  private static Map<String, String> environment(
      SlackSimulator slack, EmbeddedBroker broker, Path data) throws IOException {
    Path releases = Files.createDirectories(data.resolve("releases"));
    Files.writeString(releases.resolve("web-1.4.2.tar.gz"), "emulated agents fetch nothing");
    Files.writeString(releases.resolve("web-1.4.2.tar.gz.sha256"), "0123456789abcdef".repeat(4));
    return Map.of(
        "SLACK_APP_TOKEN", slack.workspace().bot().appToken(),
        "SLACK_BOT_TOKEN", slack.workspace().bot().botToken(),
        "SLACK_API_URL", slack.apiUrl(),
        "BANDMASTER_BROKER", broker.uri(),
        "BANDMASTER_DATA", data.toString(),
        "BANDMASTER_ARTIFACTS", releases.toUri().toString().replaceAll("/$", ""),
        "BANDMASTER_ENROLMENT", "automatic",
        "BANDMASTER_WEB_PORT", "0");
  }

  private static EmulatedFleet fleet(EmbeddedBroker broker, String keyLine) {
    return EmulatedFleet.start(
        FleetSettings.of(
            ConnectionSettings.of(broker.uri(), "main", "fleet"),
            BotKeyRing.parse(List.of(keyLine)),
            NODES),
        Naming.web("main", "prod"),
        Behaviours.healthy(),
        InstantSource.system(),
        new SecureRandom());
  }

  private static void awaitFleet(SlackSimulator slack)
      throws InterruptedException, TimeoutException {
    Await.until(
        "the bot knows its nodes",
        PATIENCE,
        () -> {
          String question = slack.say("bob", "@bob", "status");
          return slack
              .await(
                  "@bob",
                  message ->
                      question.equals(message.threadTs())
                          && message.shown().contains(NODES + " present"),
                  Duration.ofSeconds(5))
              .isPresent();
        });
  }

  /** A question, and the message below it that waits for somebody's click, by their timestamps. */
  private record Waiting(String question, String message) {}

  private static Waiting ask(SlackSimulator slack) throws TimeoutException {
    String question = slack.say("ann", "#ops", "@bandmaster codeupdate prod web version=1.4.2");
    return new Waiting(question, awaitAnswer(slack, question, "Awaits approval").ts());
  }

  private static SeenMessage awaitAnswer(SlackSimulator slack, String question, String words)
      throws TimeoutException {
    return slack
        .await(
            "#ops",
            message -> question.equals(message.threadTs()) && message.shown().contains(words),
            PATIENCE)
        .orElseThrow(() -> new TimeoutException("nobody said '" + words + "'"));
  }

  private static List<Figure> clicks(SlackSimulator slack)
      throws InterruptedException, TimeoutException {
    List<Double> acknowledged = new ArrayList<>();
    List<Double> seen = new ArrayList<>();
    for (int i = 0; i < WARM_UP + CLICKS; i++) {
      Waiting waits = ask(slack);
      Instant clicked = Instant.now();
      long start = System.nanoTime();
      Delivery delivery = slack.click("bob", "#ops", waits.message(), "approval.approve");
      double millis = (System.nanoTime() - start) / 1e6;
      if (!(delivery instanceof Delivery.Acknowledged)) {
        throw new TimeoutException("a click was not acknowledged");
      }
      Await.until("the click is seen", PATIENCE, () -> drawn(slack, waits, clicked).isPresent());
      if (i >= WARM_UP) {
        acknowledged.add(millis);
        seen.add(
            Duration.between(clicked, drawn(slack, waits, clicked).orElseThrow()).toNanos() / 1e6);
      }
      awaitAnswer(slack, waits.question(), "%d nodes · took".formatted(NODES));
      Thread.sleep(PAUSE);
    }
    Samples acks = new Samples(acknowledged);
    Samples draws = new Samples(seen);
    return List.of(
        Figure.atMost(
            MOST_MILLIS_ACKNOWLEDGED,
            "click until it is stored and acknowledged: median",
            acks.median(),
            "ms"),
        Figure.plain("click until it is acknowledged: worst", acks.worst(), "ms"),
        Figure.atMost(
            MOST_MILLIS_SEEN,
            "click until the vote is counted and seen in the message: median",
            draws.median(),
            "ms"),
        Figure.plain("click until it is seen: worst", draws.worst(), "ms"));
  }

  /** When Slack was first told to draw the message with the vote in it. */
  private static Optional<Instant> drawn(SlackSimulator slack, Waiting waits, Instant clicked) {
    return slack.calls().stream()
        .filter(call -> !call.at().isBefore(clicked) && call.method().equals("chat.update"))
        .filter(call -> call.arguments().path("ts").asText().equals(waits.message()))
        .filter(call -> call.arguments().path("text").asText().contains("Approved 1/1"))
        .map(Call::at)
        .findFirst();
  }

  private static List<Figure> rest(double without, double with) {
    return List.of(
        Figure.plain("one processor's time at rest, nobody asks for anything", without, "%"),
        Figure.plain(
            "one processor's time at rest, %,d requests wait".formatted(PENDING), with, "%"),
        Figure.atMost(
            MOST_PERCENT,
            "what %,d requests cost at rest".formatted(PENDING),
            with - without,
            "%"));
  }

  /** What a bot takes of one processor, a fresh process, while nobody wants anything of it. */
  private static double percentAtRest(Map<String, String> environment) throws Exception {
    try (Program bot = start(environment)) {
      Thread.sleep(WARM);
      double before = ProcFile.processorSeconds(bot.pid());
      Thread.sleep(REST);
      return 100 * (ProcFile.processorSeconds(bot.pid()) - before) / REST.toSeconds();
    }
  }
}
