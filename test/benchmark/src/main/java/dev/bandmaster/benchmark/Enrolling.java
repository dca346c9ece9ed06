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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A person makes a token in Slack, and a fleet that nobody knows joins with it: from the first
 * connection until every node is trusted and has described itself. The making of broker users is
 * left out.
 */
final class Enrolling implements Benchmark {
  private static final Logger LOG = LoggerFactory.getLogger(Enrolling.class);

  private static final int NODES = 500;
  private static final double MOST_SECONDS = 60;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Pattern TOKEN = Pattern.compile("bme_[A-Za-z0-9_-]{43}");

  @Override
  public String name() {
    return "enrol";
  }

  @Override
  public String about() {
    return "%d unknown agents join with one enrolment token".formatted(NODES);
  }

  @Override
  public List<Figure> run() throws Exception {
    try (Site site = Site.embedded();
        Scratch scratch = Scratch.create();
        SlackSimulator slack =
            SlackSimulator.start(Workspace.defaults(), SimulatorOptions.defaults())) {
      BotOnSimulator prepared =
          new BotOnSimulator(
              slack,
              site.uri(),
              scratch.folder(),
              Map.of("BANDMASTER_PREFIX", site.prefix(), "BANDMASTER_ENROLMENT", "manual"));
      BotKeyRing ring = BotKeyRing.parse(List.of(prepared.keyLine()));
      try (Bot bot = prepared.start(reason -> LOG.error("The bot cannot work: {}", reason))) {
        Await.until("the bot is ready", PATIENCE, bot::isReady);
        String token = token(slack);
        long start = System.nanoTime();
        try (EmulatedFleet fleet = fleet(site, ring, token)) {
          Await.until(
              "all nodes are in", PATIENCE, () -> fleet.isReady() && bot.nodes().size() == NODES);
          double seconds = (System.nanoTime() - start) / 1e9;
          return List.of(
              Figure.atMost(MOST_SECONDS, "until all %d are in".formatted(NODES), seconds, "s"),
              Figure.plain("nodes a second", NODES / seconds, ""));
        }
      }
    }
  }

  private static String token(SlackSimulator slack) throws TimeoutException {
    String question =
        slack.say("bob", "@bob", "fleet token create --env staging --uses 500 --expires 1h");
    String shown =
        slack
            .await(
                "@bob",
                message ->
                    question.equals(message.threadTs()) && TOKEN.matcher(message.shown()).find(),
                Duration.ofSeconds(30))
            .orElseThrow(() -> new TimeoutException("no token was shown"))
            .shown();
    Matcher matcher = TOKEN.matcher(shown);
    if (!matcher.find()) {
      throw new TimeoutException("no token was shown");
    }
    return matcher.group();
  }

  private static EmulatedFleet fleet(Site site, BotKeyRing ring, String token) {
    return EmulatedFleet.start(
        FleetSettings.of(
                ConnectionSettings.of(site.uri(), "main", "fleet").withPrefix(site.prefix()),
                ring,
                NODES)
            .withToken(token),
        Naming.web("main", "staging"),
        Behaviours.healthy(),
        InstantSource.system(),
        new SecureRandom());
  }
}
