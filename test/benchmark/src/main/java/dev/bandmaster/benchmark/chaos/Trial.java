package dev.bandmaster.benchmark.chaos;

import dev.bandmaster.testkit.ledger.Effect;
import dev.bandmaster.testkit.ledger.Fault;
import dev.bandmaster.testkit.ledger.Ledger;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bots on a stage, and one ordeal after another for them. */
final class Trial implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Trial.class);

  /**
   * Without a further end. Longer than the longest deadline of a job and all of Slack's attempts
   * together. What waits because Slack's limits let so much through in a minute ends one by one.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** For whatever comes late: a second post, a corrected end, a second execution. */
  private static final Duration AFTERMATH = Duration.ofSeconds(3);

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final Stage stage;
  private final List<ChildJvm> bots;
  private final RandomGenerator random;

  /** Starts bots and returns when one of them answers for all nodes. */
  static Trial begin(Stage stage, List<ChildJvm> bots, RandomGenerator random)
      throws IOException, InterruptedException {
    Trial trial = new Trial(stage, bots, random);
    for (ChildJvm bot : bots) {
      bot.start();
    }
    trial.awaitReady();
    return trial;
  }

  private Trial(Stage stage, List<ChildJvm> bots, RandomGenerator random) {
    this.stage = stage;
    this.bots = List.copyOf(bots);
    this.random = random;
  }

  /** Returns when so many bots are connected to Slack, or after a while. */
  static void awaitConnected(Stage stage, int bots) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (stage.slack().connections() < bots && System.nanoTime() < end) {
      Thread.sleep(LOOK_EVERY);
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String all = stage.nodes().size() + " nodes · took";
    while (System.nanoTime() < end) {
      if (stage.slack().connections() >= bots.size()) {
        String question = stage.slack().say("op01", "@op01", "ping");
        boolean answered =
            stage
                .slack()
                .await(
                    "@op01",
                    message -> question.equals(message.threadTs()) && message.shown().contains(all),
                    Duration.ofSeconds(3))
                .isPresent();
        if (answered) {
          return;
        }
      }
      Thread.sleep(LOOK_EVERY);
    }
    throw new IOException("the bots did not get ready; their logs are in " + stage.folder());
  }

  /** Types commands, lets the ordeal happen, waits until all is quiet again, and counts. */
  Row undergo(Ordeal ordeal) throws Exception {
    long start = System.nanoTime();
    int before = stage.typist().typed().size();
    stage.typist().start();
    List<Fault> faults;
    try {
      faults = ordeal.inflict(stage, bots, random);
    } finally {
      stage.typist().stop();
      stage.repair();
    }
    for (ChildJvm bot : bots) {
      if (!bot.isAlive()) {
        LOG.warn("A bot ended by itself; its log is in {}", stage.folder());
        bot.start();
      }
    }
    List<Typed> all = stage.typist().typed();
    List<Typed> mine = all.subList(before, all.size());
    awaitQuiet(mine);
    Ledger ledger =
        new Ledger(
            stage.watch().asked(mine), effects(all, mine), stage.watch().shown(mine), faults);
    return new Row(ordeal.name(), ledger.check(), (System.nanoTime() - start) / 1e9);
  }

  private void awaitQuiet(List<Typed> commands) throws InterruptedException {
    int over = -1;
    long end = 0;
    while (!stage.watch().isOver(commands)) {
      int now = stage.watch().over();
      if (now != over) {
        over = now;
        end = System.nanoTime() + PATIENCE.toNanos();
      } else if (System.nanoTime() > end) {
        break;
      }
      Thread.sleep(LOOK_EVERY);
    }
    stage
        .watch()
        .unfinished(commands)
        .forEach(each -> LOG.warn("Without an end: {} of {}", each.command(), each.person()));
    Thread.sleep(AFTERMATH);
  }

  /** What the nodes did for these commands, and what they did for none at all. */
  private List<Effect> effects(List<Typed> all, List<Typed> mine) throws IOException {
    Set<String> others = new HashSet<>();
    all.forEach(each -> others.add(each.command()));
    mine.forEach(each -> others.remove(each.command()));
    List<Effect> effects = new ArrayList<>();
    for (ChaosNode node : stage.nodes()) {
      node.effects()
          .forEach((command, times) -> {
            if (!others.contains(command)) {
              effects.add(new Effect(command, node.name(), times));
            }
          });
    }
    return effects;
  }

  @Override
  public void close() {
    bots.forEach(ChildJvm::close);
  }
}
