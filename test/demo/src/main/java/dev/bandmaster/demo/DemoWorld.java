package dev.bandmaster.demo;

import dev.bandmaster.app.Bot;
import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.page.SideAction;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.testkit.BotOnSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demo's world: a Slack, a broker, six agents and a bot in one process, with all their files in
 * one temporary folder. Closing it leaves nothing behind.
 */
public final class DemoWorld implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoWorld.class);

  /** The node whose cable can be cut. */
  static final String LOOSE = "web2";

  /** What the page offers to somebody who has not typed anything yet. */
  private static final List<String> SUGGESTIONS =
      List.of("ping", "discover", "codeupdate staging web version=1.4.2", "deploy", "help");

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Path folder;
  private final Optional<SlackSimulator> slack;
  private final DemoAgents agents;
  private final String broker;
  private final Optional<DemoCable> cable;
  private final Bot bot;

  /**
   * What can be chosen about a demo.
   *
   * @param chat the bot's chat platform, in place of the local Slack
   * @param plugins folder of plugins to try
   * @param lab whether there is a third environment, in which Ansible works
   * @param step how long each script of a release takes
   */
  public record Choices(
      int port,
      Optional<String> amqp,
      double rateScale,
      Optional<ChatPlatform.Factory> chat,
      Optional<Path> plugins,
      boolean lab,
      Duration step) {
    /** A free port, the embedded broker, Slack's own rate limits. */
    public static final Choices USUAL =
        new Choices(
            0, Optional.empty(), 1, Optional.empty(), Optional.empty(), false, Duration.ZERO);

    /** The same with an environment in which Ansible works. */
    public Choices withLab() {
      return new Choices(port, amqp, rateScale, chat, plugins, true, step);
    }

    /** The same with the plugins of a folder. */
    public Choices withPlugins(Path folder) {
      return new Choices(port, amqp, rateScale, chat, Optional.of(folder), lab, step);
    }

    public Choices withChat(ChatPlatform.Factory platform) {
      return new Choices(port, amqp, rateScale, Optional.of(platform), plugins, lab, step);
    }

    public Choices withRateScale(double scale) {
      return new Choices(port, amqp, scale, chat, plugins, lab, step);
    }

    public Choices withBroker(String uri) {
      return new Choices(port, Optional.of(uri), rateScale, chat, plugins, lab, step);
    }

    /** The same with scripts that take so long each. */
    public Choices withStep(Duration length) {
      return new Choices(port, amqp, rateScale, chat, plugins, lab, length);
    }
  }

  /** Starts the world; it is still assembling itself when this returns. */
  public static DemoWorld start(Choices choices) throws IOException {
    return new DemoWorld(choices);
  }

  private DemoWorld(Choices choices) throws IOException {
    folder = Files.createTempDirectory("bandmaster-demo-");
    started.push(() -> delete(folder));
    // Platform threads: starting is mostly loading classes, and virtual threads that wait for each
    // other's class loaders can hold all carriers of a small machine for ever.
    try (ExecutorService atOnce = Executors.newCachedThreadPool()) {
      CompletableFuture<String> starts =
          CompletableFuture.supplyAsync(() -> choices.amqp().orElseGet(this::startBroker), atOnce);
      DemoReleases versions = new DemoReleases(folder.resolve("releases"), choices.step());
      CompletableFuture<Void> releases =
          CompletableFuture.runAsync(() -> packReleases(versions), atOnce);
      slack = choices.chat().isPresent() ? Optional.empty() : Optional.of(startSlack(choices));
      String uri = starts.join();
      broker = uri;
      cable = DemoCable.reaches(uri) ? Optional.of(keep(DemoCable.to(uri))) : Optional.empty();
      String prefix =
          choices.amqp().isPresent() ? "demo-" + ProcessHandle.current().pid() : "bandmaster";
      Map<String, String> variables = new HashMap<>();
      variables.put("BANDMASTER_PREFIX", prefix);
      variables.put(
          "BANDMASTER_ARTIFACTS",
          folder.resolve("releases").toUri().toString().replaceAll("/$", ""));
      Optional<DemoLab> lab =
          choices.lab() ? Optional.of(keep(new DemoLab(folder.resolve("lab")))) : Optional.empty();
      if (lab.isPresent()) {
        variables.put("BANDMASTER_POLICY", lab.get().policy().toString());
      }
      BotOnSimulator prepared = prepared(choices, uri, folder.resolve("bot"), variables);
      Optional<DemoPlugins> plugins = choices.plugins().map(DemoPlugins::new);
      Path keys = folder.resolve("bot-keys");
      Files.writeString(keys, prepared.keyLine() + "\n");
      agents =
          keep(
              new DemoAgents(
                  folder.resolve("nodes"),
                  versions,
                  Map.of("BANDMASTER_PREFIX", prefix, "BANDMASTER_BOT_KEYS", keys.toString()),
                  plugins.map(DemoPlugins::modules).orElse(Map.of())));
      releases.join();
      List<CompletableFuture<Void>> starting =
          DemoNode.FLEET.stream()
              .map(node -> CompletableFuture.runAsync(() -> startAgent(node), atOnce))
              .toList();
      Optional<Path> other =
          lab.isPresent() ? Optional.of(lab.get().configuration()) : Optional.empty();
      bot =
          keep(
              prepared.start(
                  config -> soon(with(plugins, other.map(prepared::config).orElse(config))),
                  reason -> LOG.error("The bot cannot run: {}", reason)));
      starting.forEach(CompletableFuture::join);
      if (lab.isPresent()) {
        lab.get().start(prepared(choices, uri, folder.resolve("lab"), Map.of()), uri);
      }
    }
  }

  private BotOnSimulator prepared(
      Choices choices, String uri, Path own, Map<String, String> variables) {
    return choices
        .chat()
        .map(platform -> BotOnSimulator.on(platform, uri, own, variables))
        .orElseGet(() -> new BotOnSimulator(slack(), uri, own, variables));
  }

  private BotConfig with(Optional<DemoPlugins> plugins, BotConfig config) {
    return plugins
        .map(each -> config.withPlugins(each.config(folder.resolve("plugin-versions"))))
        .orElse(config);
  }

  /** Beats come every 2 s, and nobody wants to wait half a minute for an alert. */
  private static BotConfig soon(BotConfig config) {
    return config.alerting(
        config
            .alerts()
            .at(
                Duration.ofSeconds(10),
                Duration.ofSeconds(4),
                Duration.ofSeconds(2),
                Duration.ofSeconds(15)));
  }

  private SlackSimulator startSlack(Choices choices) {
    List<SideAction> panel = new ArrayList<>();
    DemoNode.FLEET.stream().map(this::switchFor).forEach(panel::add);
    if (choices.amqp().map(DemoCable::reaches).orElse(true)) {
      panel.add(cutter());
    }
    return keep(
        SlackSimulator.start(
            Workspace.defaults(),
            SimulatorOptions.defaults()
                .withPort(choices.port())
                .withRateScale(choices.rateScale())
                .withSidePanel("Fleet", panel)
                .withSuggestions(SUGGESTIONS)));
  }

  private SideAction switchFor(DemoNode node) {
    return new SideAction(
        "agent-" + node.name(),
        () -> (agents.isRunning(node) ? "Stop " : "Start ") + node.name(),
        () -> state(node),
        () -> {
          if (agents.isRunning(node)) {
            agents.stop(node);
          } else {
            startAgent(node);
          }
        });
  }

  /** Where it belongs, how it is and what runs on it, as the bot knows it. */
  private String state(DemoNode node) {
    if (!agents.isRunning(node)) {
      return node.environment() + " · stopped";
    }
    String cut = node.name().equals(LOOSE) && isCut() ? " · disconnected" : "";
    return node.environment() + version(node) + cut;
  }

  private String version(DemoNode node) {
    Bot known = bot;
    return known == null
        ? ""
        : known.nodes().stream()
            .filter(each -> each.name().equals(node.name()))
            .map(each -> each.applications().getOrDefault(node.application(), ""))
            .filter(version -> !version.isEmpty())
            .map(version -> " · " + version)
            .findFirst()
            .orElse("");
  }

  private SideAction cutter() {
    return new SideAction(
        "cable-" + LOOSE,
        () -> (isCut() ? "Reconnect " : "Disconnect ") + LOOSE,
        () -> isCut() ? "disconnected" : "",
        () -> {
          if (isCut()) {
            repairCable();
          } else {
            cutCable();
          }
        });
  }

  private boolean isCut() {
    return cable.filter(DemoCable::isCut).isPresent();
  }

  /** Disconnects one node without warning. */
  public void cutCable() {
    cable.ifPresent(DemoCable::cut);
  }

  /** Reconnects it. */
  public void repairCable() {
    cable.ifPresent(DemoCable::repair);
  }

  private String startBroker() {
    return keep(EmbeddedBroker.start()).uri();
  }

  private static void packReleases(DemoReleases releases) {
    try {
      releases.pack();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void startAgent(DemoNode node) {
    try {
      String uri =
          cable.filter(line -> node.name().equals(LOOSE)).map(DemoCable::uri).orElse(broker);
      agents.start(node, uri);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized <T extends AutoCloseable> T keep(T part) {
    started.push(part);
    return part;
  }

  /** Waits until the bot is connected and knows every agent; false when that takes too long. */
  public boolean awaitReady(Duration patience) throws InterruptedException {
    Instant end = Instant.now().plus(patience);
    while (Instant.now().isBefore(end)) {
      if (bot.isReady() && bot.nodes().size() == DemoNode.FLEET.size()) {
        return true;
      }
      Thread.sleep(10);
    }
    return false;
  }

  /**
   * The local Slack.
   *
   * @throws java.util.NoSuchElementException if this demo has another chat platform
   */
  public SlackSimulator slack() {
    return slack.orElseThrow();
  }

  public Bot bot() {
    return bot;
  }

  /** The folder in which everything lies while it runs. */
  public Path folder() {
    return folder;
  }

  /** Stops the agent of a node, as an operator would. */
  public void stopAgent(String name) {
    DemoNode.FLEET.stream().filter(node -> node.name().equals(name)).forEach(agents::stop);
  }

  /** Waits until this world is closed. */
  void awaitClose() throws InterruptedException {
    closed.await();
  }

  /** Stops everything, once; a second caller waits until it is done. */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      awaitCloseUninterrupted();
      return;
    }
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        LOG.warn("A component did not close cleanly", e);
      }
    }
    closed.countDown();
  }

  private void awaitCloseUninterrupted() {
    try {
      awaitClose();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
