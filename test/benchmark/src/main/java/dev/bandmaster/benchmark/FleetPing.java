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
import dev.bandmaster.wire.BotKeyRing;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A person pings a whole fleet: from the line typed to the message in the thread that counts every
 * node's reply. Slack's own rate limits hold. Bot, fleet and simulated Slack share this process and
 * its processors.
 */
final class FleetPing implements Benchmark {
  private static final Logger LOG = LoggerFactory.getLogger(FleetPing.class);

  private static final int NODES = 1_000;
  private static final int CONNECTIONS = 4;
  private static final int RUNS = 5;
  private static final double MOST_MILLIS = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The bot enrols each node in its store as it joins, which takes longer than any ping. */
  private static final Duration JOIN_PATIENCE = Duration.ofMinutes(5);

  /** Between two pings, so that the second does not wait for Slack's limits on the first's sake. */
  private static final Duration PAUSE = Duration.ofSeconds(4);

  @Override
  public String name() {
    return "ping";
  }

  @Override
  public String about() {
    return "ping of %,d emulated agents, from the command to all replies in the thread"
        .formatted(NODES);
  }

  @Override
  public List<Figure> run() throws Exception {
    List<Figure> figures = new ArrayList<>();
    try (Site site = Site.embedded()) {
      figures.addAll(measure(site));
    }
    if (Site.rabbitmqAnswers()) {
      try (Site site = Site.rabbitmq()) {
        figures.addAll(measure(site));
      }
    }
    return figures;
  }

  private static List<Figure> measure(Site site) throws Exception {
    Samples raw = raw(site);
    List<Double> millis = throughTheBot(site);
    Samples bot = new Samples(millis);
    return List.of(
        Figure.plain(site.name() + ": first ping", millis.getFirst(), "ms"),
        Figure.atMost(
            MOST_MILLIS, "%s: median of %d".formatted(site.name(), RUNS), bot.median(), "ms"),
        Figure.plain(site.name() + ": slowest", bot.worst(), "ms"),
        Figure.plain(site.name() + ": the broker alone, median", raw.median(), "ms"),
        Figure.plain(
            site.name() + ": the bot's median to the broker's", bot.median() / raw.median(), "×"));
  }

  private static Samples raw(Site site) throws Exception {
    try (RawBroker broker = new RawBroker(site, NODES, CONNECTIONS)) {
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        millis.add(broker.ping());
      }
      return new Samples(millis);
    }
  }

  private static List<Double> throughTheBot(Site site) throws Exception {
    try (Scratch scratch = Scratch.create();
        SlackSimulator slack =
            SlackSimulator.start(Workspace.defaults(), SimulatorOptions.defaults())) {
      BotOnSimulator prepared =
          new BotOnSimulator(
              slack, site.uri(), scratch.folder(), Map.of("BANDMASTER_PREFIX", site.prefix()));
      BotKeyRing ring = BotKeyRing.parse(List.of(prepared.keyLine()));
      try (Bot bot = prepared.start(reason -> LOG.error("The bot cannot work: {}", reason));
          EmulatedFleet fleet = fleet(site, ring)) {
        Await.until(
            "all nodes are there",
            JOIN_PATIENCE,
            () -> bot.isReady() && fleet.isReady() && bot.nodes().size() == NODES);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
          Thread.sleep(PAUSE);
          millis.add(ping(slack));
        }
        return millis;
      }
    }
  }

  private static EmulatedFleet fleet(Site site, BotKeyRing ring) {
    ConnectionSettings connection =
        ConnectionSettings.of(site.uri(), "main", "fleet").withPrefix(site.prefix());
    return EmulatedFleet.start(
        FleetSettings.of(connection, ring, NODES),
        Naming.web("main", "staging"),
        Behaviours.healthy(),
        InstantSource.system(),
        new SecureRandom());
  }

  private static double ping(SlackSimulator slack) throws TimeoutException {
    String all = "%d nodes · took".formatted(NODES);
    long start = System.nanoTime();
    String question = slack.say("ann", "@ann", "ping");
    var whole =
        slack.await(
            "@ann",
            message -> question.equals(message.threadTs()) && message.shown().contains(all),
            PATIENCE);
    if (whole.isEmpty()) {
      throw new TimeoutException("the thread ends with: " + slack.thread("@ann", question));
    }
    return (System.nanoTime() - start) / 1e6;
  }
}
