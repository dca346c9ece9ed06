package dev.bandmaster.benchmark;

import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.socket.EnvelopeSeen;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.testkit.BotOnSimulator;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How commands are taken in when many come at once: at a pace that a large company may reach, and
 * at one that nobody does. Answers follow at Slack's pace and are not waited for.
 */
final class Throughput implements Benchmark {
  private static final Logger LOG = LoggerFactory.getLogger(Throughput.class);

  private static final int BUSY = 50;
  private static final Duration BUSY_FOR = Duration.ofSeconds(20);
  private static final double MOST_MEDIAN_MILLIS = 10;
  private static final double MOST_P99_MILLIS = 50;

  private static final int FLOOD = 500;
  private static final Duration FLOOD_FOR = Duration.ofSeconds(60);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long NANOS_A_SECOND = 1_000_000_000L;

  /** After so many messages; the simulator remembers the last 10,000. */
  private static final int LOOK_EVERY = 4_000;

  /** Slack's own patience, and some. */
  private static final Duration ACKNOWLEDGED_OR_NOT = Duration.ofSeconds(4);

  /** What became of the messages of a spell. */
  private record Spell(List<EnvelopeSeen> seen, double rate) {
    Samples millis() {
      return new Samples(seen.stream().flatMap(envelope -> envelope.millis().stream()).toList());
    }

    /** How many Slack had to send again, or was never told of. */
    long missed() {
      return seen.stream()
          .filter(envelope -> envelope.acknowledged() == null || envelope.sendings().size() > 1)
          .count();
    }
  }

  @Override
  public String name() {
    return "load";
  }

  @Override
  public String about() {
    return "taking in %d commands a second for %d s, then %d a second for %d s"
        .formatted(BUSY, BUSY_FOR.toSeconds(), FLOOD, FLOOD_FOR.toSeconds());
  }

  @Override
  public List<Figure> run() throws Exception {
    try (Scratch scratch = Scratch.create();
        EmbeddedBroker broker = EmbeddedBroker.start();
        SlackSimulator slack =
            SlackSimulator.start(
                Workspace.defaults(), SimulatorOptions.defaults().withRateScale(0));
        var bot =
            new BotOnSimulator(slack, broker.uri(), scratch.folder(), Map.of())
                .start(reason -> LOG.error("The bot cannot work: {}", reason))) {
      Await.until("the bot is ready", PATIENCE, bot::isReady);
      talk(slack, BUSY, Duration.ofSeconds(5)); // warms up
      Spell busy = talk(slack, BUSY, BUSY_FOR);
      Spell flood = talk(slack, FLOOD, FLOOD_FOR);
      return List.of(
          Figure.plain("busy: commands a second", busy.rate(), ""),
          Figure.atMost(
              MOST_MEDIAN_MILLIS,
              "busy: stored and acknowledged, median",
              busy.millis().median(),
              "ms"),
          Figure.atMost(MOST_P99_MILLIS, "busy: p99", busy.millis().quantile(0.99), "ms"),
          Figure.atMost(0, "busy: not acknowledged within 3 s", (double) busy.missed(), ""),
          Figure.plain("flood: commands a second", flood.rate(), ""),
          Figure.plain("flood: stored and acknowledged, median", flood.millis().median(), "ms"),
          Figure.plain("flood: p99", flood.millis().quantile(0.99), "ms"),
          Figure.plain("flood: slowest", flood.millis().worst(), "ms"),
          Figure.atMost(0, "flood: not acknowledged within 3 s", (double) flood.missed(), ""));
    }
  }

  /** Says something so many times a second and sees what becomes of it. */
  private static Spell talk(SlackSimulator slack, int perSecond, Duration length)
      throws InterruptedException {
    Map<String, EnvelopeSeen> seen = new HashMap<>();
    Set<String> mine = new HashSet<>();
    int total = (int) (perSecond * length.toSeconds());
    long start = System.nanoTime();
    for (int said = 0; said < total; said++) {
      long early = start + said * NANOS_A_SECOND / perSecond - System.nanoTime();
      if (early > 0) {
        Thread.sleep(Duration.ofNanos(early));
      }
      mine.add(slack.say("ann", "@ann", "whoami"));
      if (said % LOOK_EVERY == LOOK_EVERY - 1) {
        look(slack, mine, seen);
      }
    }
    double rate = total * 1e9 / (System.nanoTime() - start);
    Thread.sleep(ACKNOWLEDGED_OR_NOT);
    look(slack, mine, seen);
    return new Spell(List.copyOf(seen.values()), rate);
  }

  private static void look(SlackSimulator slack, Set<String> mine, Map<String, EnvelopeSeen> seen) {
    for (EnvelopeSeen envelope : slack.envelopes()) {
      String question = envelope.payload().at("/event/ts").asText();
      if (mine.contains(question)) {
        seen.put(question, envelope);
      }
    }
  }
}
