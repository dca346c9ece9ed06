package dev.bandmaster.stories;

import dev.bandmaster.app.Bot;
import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.testfleet.Behaviour;
import dev.bandmaster.testfleet.Behaviours;
import dev.bandmaster.testfleet.EmulatedFleet;
import dev.bandmaster.testfleet.FleetSettings;
import dev.bandmaster.testfleet.Naming;
import dev.bandmaster.testkit.BotOnSimulator;
import dev.bandmaster.testkit.Conversation;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A Slack, a broker, four emulated nodes that run {@code web}, and a bot that can be restarted. */
final class FleetStage implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int NODES = 4;
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final Path folder;
  private final SlackSimulator slack;
  private final EmbeddedBroker broker = EmbeddedBroker.start();
  private final EmulatedFleet fleet;
  private final UnaryOperator<BotConfig> botChange;
  private @Nullable Bot bot;

  /** Starts everything, and waits until the bot knows its nodes. */
  FleetStage(Path folder) throws IOException, InterruptedException {
    this(folder, "staging");
  }

  /** The same with the nodes in another environment. */
  FleetStage(Path folder, String environment) throws IOException, InterruptedException {
    this(folder, environment, UnaryOperator.identity(), UnaryOperator.identity());
  }

  /** The same with something changed in what the bot is told, and in how the nodes are emulated. */
  FleetStage(
      Path folder,
      String environment,
      UnaryOperator<BotConfig> botChange,
      UnaryOperator<FleetSettings> fleetChange)
      throws IOException, InterruptedException {
    this(folder, environment, Workspace.defaults(), botChange, fleetChange);
  }

  /** The same in another workspace of Slack. */
  FleetStage(Path folder, String environment, Workspace workspace)
      throws IOException, InterruptedException {
    this(folder, environment, workspace, UnaryOperator.identity(), UnaryOperator.identity());
  }

  private FleetStage(
      Path folder,
      String environment,
      Workspace workspace,
      UnaryOperator<BotConfig> botChange,
      UnaryOperator<FleetSettings> fleetChange)
      throws IOException, InterruptedException {
    this.folder = folder;
    slack = SlackSimulator.start(workspace, SimulatorOptions.defaults().withRateScale(0));
    this.botChange = botChange;
    Files.copy(ShippedFiles.config("policy.yaml"), policy());
    release("1.4.2");
    release("1.5.0");
    ConnectionSettings connection = ConnectionSettings.of(broker.uri(), "main", "fleet");
    fleet =
        EmulatedFleet.start(
            fleetChange.apply(
                FleetSettings.of(
                    connection, BotKeyRing.parse(List.of(prepared().keyLine())), NODES)),
            Naming.web("main", environment),
            Behaviours.healthy(),
            InstantSource.system(),
            new SecureRandom());
    startBot();
  }

  /** There is one more version to deploy. */
  void release(String version) throws IOException {
    Path artifact = folder.resolve("web-" + version + ".tar.gz");
    Files.writeString(artifact, "emulated agents fetch nothing");
    Files.writeString(Path.of(artifact + ".sha256"), "0123456789abcdef".repeat(4));
  }

  private BotOnSimulator prepared() {
    return new BotOnSimulator(
        slack,
        broker.uri(),
        folder.resolve("bot"),
        Map.of(
            "BANDMASTER_ARTIFACTS",
            folder.toUri().toString().replaceAll("/$", ""),
            "BANDMASTER_POLICY",
            policy().toString()));
  }

  /** The policy in force; the bot reads it again when it changes. */
  Path policy() {
    return folder.resolve("policy.yaml");
  }

  void startBot() throws InterruptedException {
    Bot started =
        prepared()
            .start(
                botChange,
                reason -> {
                  throw new IllegalStateException(reason);
                });
    bot = started;
    await("the bot knows its nodes", () -> started.isReady() && started.nodes().size() == NODES);
  }

  /**
   * Has a process of its own take the place of the bot, which can be killed; anyone who wants it
   * ends it.
   */
  BotProcess startProcess() throws IOException, InterruptedException {
    stopBot();
    BotProcess process =
        new BotProcess(
            ShippedFiles.config("bandmaster.yaml"),
            prepared().environment(),
            folder.resolve("bot.log"));
    await("it is connected", () -> slack.connections() > 0);
    await("it knows its nodes", this::areAllPresent);
    return process;
  }

  private boolean areAllPresent() {
    try {
      return Conversation.direct(slack, "bob")
          .say("status", PATIENCE)
          .filter(end -> end.answer().contains("%1$d nodes, %1$d present".formatted(NODES)))
          .isPresent();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Kills the process as {@code kill -9} does, and starts it again on what it left behind. */
  void killAndStartAgain(BotProcess process) throws IOException, InterruptedException {
    process.kill();
    await("Slack has noticed", () -> slack.connections() == 0);
    process.startAgain();
    await("it is connected again", () -> slack.connections() > 0);
  }

  /** Waits until every node has said when to expect its next beat, and has said it once more. */
  void awaitBeats() throws InterruptedException {
    Bot running = Objects.requireNonNull(bot);
    for (int i = 0; i < 2; i++) {
      Map<String, Instant> before =
          running.nodes().stream().collect(Collectors.toMap(Node::name, Node::lastSeen));
      await(
          "every node beats",
          () ->
              running.nodes().stream()
                  .allMatch(node ->
                      node.lastSeen().isAfter(before.getOrDefault(node.name(), Instant.MAX))));
    }
  }

  void stopBot() {
    Bot running = bot;
    if (running != null) {
      running.close();
    }
    bot = null;
  }

  SlackSimulator slack() {
    return slack;
  }

  /** The port for health, metrics, webhooks and API of the bot that runs. */
  int webPort() {
    return Objects.requireNonNull(bot).webPort();
  }

  EmulatedFleet fleet() {
    return fleet;
  }

  void behave(Behaviour behaviour) {
    fleet.behave(behaviour);
  }

  /** Waits for an answer in a thread. */
  SeenMessage awaitAnswer(String channel, String question, String... words)
      throws InterruptedException {
    return awaitMessage(
        channel + " says " + Arrays.toString(words),
        () -> slack.thread(channel, question).stream().skip(1).toList(),
        message -> Arrays.stream(words).allMatch(message.shown()::contains));
  }

  /** Waits for a message. */
  static SeenMessage awaitMessage(
      String what, Supplier<List<SeenMessage>> messages, Predicate<SeenMessage> wanted)
      throws InterruptedException {
    List<SeenMessage> found = new ArrayList<>();
    try {
      await(
          what,
          () -> {
            found.clear();
            messages.get().stream().filter(wanted).forEach(found::add);
            return !found.isEmpty();
          });
    } catch (AssertionError e) {
      throw new AssertionError(
          e.getMessage()
              + "; there is: "
              + messages.get().stream().map(SeenMessage::shown).toList(),
          e);
    }
    return found.getLast();
  }

  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      Thread.sleep(LOOK_EVERY);
    }
  }

  @Override
  public void close() {
    stopBot();
    fleet.close();
    broker.close();
    slack.close();
  }
}
