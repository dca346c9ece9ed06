package dev.bandmaster.benchmark;

import dev.bandmaster.benchmark.BoltEcho.Acknowledging;
import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.socket.EnvelopeSeen;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.testkit.BotOnSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How quickly Slack learns that an event has arrived, seen from Slack's side: from the envelope's
 * sending to its acknowledgement. The bot has stored the event by then, safe from a crash; the bare
 * Bolt echo beside it has stored nothing.
 */
final class Acknowledgement implements Benchmark {
  private static final Logger LOG = LoggerFactory.getLogger(Acknowledgement.class);

  private static final int WARM_UP = 50;
  private static final int MESSAGES = 200;
  private static final double MOST_MILLIS = 20;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "ack";
  }

  @Override
  public String about() {
    return "an event's way from Slack to its acknowledgement, %d messages in turn"
        .formatted(MESSAGES);
  }

  @Override
  public List<Figure> run() throws Exception {
    try (SlackSimulator slack =
        SlackSimulator.start(Workspace.defaults(), SimulatorOptions.defaults().withRateScale(0))) {
      Samples bot = bot(slack);
      Samples first = echo(slack, Acknowledging.FIRST);
      Samples last = echo(slack, Acknowledging.LAST);
      return List.of(
          Figure.atMost(MOST_MILLIS, "the bot, stores the event first: median", bot.median(), "ms"),
          Figure.plain("the bot: p99", bot.quantile(0.99), "ms"),
          Figure.plain("bare Bolt echo, acknowledges first: median", first.median(), "ms"),
          Figure.plain("bare Bolt echo, acknowledges first: p99", first.quantile(0.99), "ms"),
          Figure.plain("bare Bolt echo, acknowledges last: median", last.median(), "ms"),
          Figure.plain("bare Bolt echo, acknowledges last: p99", last.quantile(0.99), "ms"),
          Figure.plain(
              "the bot's median to Bolt's, acknowledging first",
              bot.median() / first.median(),
              "×"));
    }
  }

  private static Samples bot(SlackSimulator slack) throws Exception {
    try (Scratch scratch = Scratch.create();
        EmbeddedBroker broker = EmbeddedBroker.start();
        var bot =
            new BotOnSimulator(slack, broker.uri(), scratch.folder(), Map.of())
                .start(reason -> LOG.error("The bot cannot work: {}", reason))) {
      Await.until("the bot is ready", PATIENCE, bot::isReady);
      return talk(slack);
    }
  }

  private static Samples echo(SlackSimulator slack, Acknowledging when) throws Exception {
    Await.until("nobody is connected", PATIENCE, () -> slack.connections() == 0);
    try (BoltEcho _ = BoltEcho.start(slack, when)) {
      Await.until("the echo is connected", PATIENCE, () -> slack.connections() > 0);
      return talk(slack);
    }
  }

  private static Samples talk(SlackSimulator slack) throws Exception {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < WARM_UP + MESSAGES; i++) {
      double one = sayOne(slack);
      if (i >= WARM_UP) {
        millis.add(one);
      }
    }
    return new Samples(millis);
  }

  /** Says something and waits for its acknowledgement; answers follow at Slack's pace. */
  private static double sayOne(SlackSimulator slack) throws Exception {
    String question = slack.say("ann", "@ann", "whoami");
    Await.until("an acknowledgement", PATIENCE, () -> millis(slack, question).isPresent());
    return millis(slack, question).orElseThrow();
  }

  private static Optional<Double> millis(SlackSimulator slack, String question) {
    return slack.envelopes().reversed().stream()
        .filter(envelope -> envelope.payload().at("/event/ts").asText().equals(question))
        .findFirst()
        .flatMap(EnvelopeSeen::millis);
  }
}
