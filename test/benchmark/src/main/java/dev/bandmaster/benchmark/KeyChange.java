package dev.bandmaster.benchmark;

import dev.bandmaster.app.Bot;
import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.testfleet.Behaviours;
import dev.bandmaster.testfleet.EmulatedFleet;
import dev.bandmaster.testfleet.FleetSettings;
import dev.bandmaster.testfleet.Naming;
import dev.bandmaster.testkit.BotOnSimulator;
import dev.bandmaster.wire.BotKeyFolder;
import dev.bandmaster.wire.BotKeyRing;
import dev.bandmaster.wire.BotKeySet;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bot's key is changed under a large fleet while a person pings it: how long until no node
 * writes under the old key, and whether a ping has missed anybody.
 */
final class KeyChange implements Benchmark {
  private static final Logger LOG = LoggerFactory.getLogger(KeyChange.class);

  private static final int NODES = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Until the bot signs with the new key: nodes get its line at once. */
  private static final Duration AHEAD = Duration.ofSeconds(10);

  @Override
  public String name() {
    return "keys";
  }

  @Override
  public String about() {
    return "the bot's key is changed under %,d emulated agents and running pings".formatted(NODES);
  }

  @Override
  public List<Figure> run() throws Exception {
    try (Site site = Site.embedded();
        Scratch scratch = Scratch.create();
        SlackSimulator slack =
            SlackSimulator.start(
                Workspace.defaults(), SimulatorOptions.defaults().withRateScale(0))) {
      BotOnSimulator prepared =
          new BotOnSimulator(
              slack, site.uri(), scratch.folder(), Map.of("BANDMASTER_PREFIX", site.prefix()));
      var ring = new AtomicReference<>(BotKeyRing.parse(List.of(prepared.keyLine())));
      try (Bot bot = prepared.start(reason -> LOG.error("The bot cannot work: {}", reason));
          EmulatedFleet fleet = fleet(site, ring)) {
        Await.until(
            "all nodes are there",
            PATIENCE,
            () -> bot.isReady() && fleet.isReady() && bot.nodes().size() == NODES);
        return change(new BotKeyFolder(scratch.folder().resolve("keys")), ring, bot, slack);
      }
    }
  }

  private static List<Figure> change(
      BotKeyFolder folder, AtomicReference<BotKeyRing> ring, Bot bot, SlackSimulator slack)
      throws Exception {
    Instant now = Instant.now();
    BotKeySet.Entry next = folder.add(now.plus(AHEAD), Duration.ofDays(365));
    ring.set(BotKeyRing.parse(folder.read().lines(now).toList()));
    long start = System.nanoTime();
    int whole = 0;
    int pings = 0;
    double moved = 0;
    while (moved == 0 || pings < 10) {
      pings++;
      whole += ping(slack) ? 1 : 0;
      Map<String, String> status = bot.status();
      boolean signs = status.getOrDefault("keys", "").startsWith(next.id() + " signs");
      if (moved == 0 && signs && !status.containsKey("old keys")) {
        moved = (System.nanoTime() - start) / 1e9;
      }
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new TimeoutException("nodes still write under the old key: " + status);
      }
    }
    return List.of(
        Figure.plain("until all write under the new key", moved, "s"),
        Figure.plain("pings meanwhile", pings, ""),
        Figure.atMost(0, "pings that missed a node", pings - whole, ""),
        Figure.atMost(
            0,
            "messages the bot dropped",
            Double.parseDouble(bot.status().getOrDefault("dropped messages", "0")),
            ""));
  }

  private static boolean ping(SlackSimulator slack) {
    String all = "%d nodes · took".formatted(NODES);
    String question = slack.say("ann", "@ann", "ping");
    return slack
        .await(
            "@ann",
            message -> question.equals(message.threadTs()) && message.shown().contains(all),
            Duration.ofSeconds(60))
        .isPresent();
  }

  private static EmulatedFleet fleet(Site site, AtomicReference<BotKeyRing> ring) {
    return EmulatedFleet.start(
        FleetSettings.of(
            ConnectionSettings.of(site.uri(), "main", "fleet").withPrefix(site.prefix()),
            ring::get,
            NODES),
        Naming.web("main", "staging"),
        Behaviours.healthy(),
        InstantSource.system(),
        new SecureRandom());
  }
}
