package dev.bandmaster.benchmark.chaos;

import dev.bandmaster.testkit.failpoint.Edge;
import dev.bandmaster.testkit.failpoint.Edge.Side;
import dev.bandmaster.testkit.ledger.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Ends the bot at every edge of a transaction that commands come to: once before and once after
 * each kind of commit. What there is is found out by a first bot that dies of nothing. Each bot
 * takes up what the one before left, so recoveries end at edges too.
 *
 * @param config the bots' configuration
 * @param times how many edges, taken by chance where that is fewer than there are
 */
record FailPoints(Path config, int times) implements Ordeal {

  /** So often a kind of commit is broken on each side: the first may come at the bot's start. */
  private static final int OCCURRENCES = 2;

  /** From when the bot is connected, as the next. */
  private static final Duration REHEARSAL = Duration.ofSeconds(8);

  /** An edge that is not reached in this time is passed over: it may need what is not typed now. */
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  @Override
  public String name() {
    return "halt at the edge of a transaction";
  }

  @Override
  public List<Fault> inflict(Stage stage, List<ChildJvm> bots, RandomGenerator random)
      throws Exception {
    for (ChildJvm bot : bots) {
      bot.close();
    }
    List<Fault> faults = new ArrayList<>();
    for (Edge edge : choose(rehearse(stage), random)) {
      try (ChildJvm doomed =
          stage.bot("bot-1", config, BotVariant.haltingAt(edge), BotVariant.PROGRAM)) {
        doomed.start();
        awaitConnectedOrDead(stage, doomed);
        if (doomed.awaitEnd(PATIENCE).isPresent()) {
          faults.add(new Fault(edge.toString(), Instant.now()));
        }
      }
    }
    for (ChildJvm bot : bots) {
      bot.start();
    }
    return faults;
  }

  private static void awaitConnectedOrDead(Stage stage, ChildJvm bot) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (bot.isAlive() && stage.slack().connections() < 1 && System.nanoTime() < end) {
      Thread.sleep(LOOK_EVERY);
    }
  }

  /** How often each kind of commit happens in a while of typing. */
  private TreeMap<String, Integer> rehearse(Stage stage) throws IOException, InterruptedException {
    Path file = stage.folder().resolve("edges");
    try (ChildJvm bot =
        stage.bot("bot-1", config, BotVariant.recordingIn(file), BotVariant.PROGRAM)) {
      bot.start();
      awaitConnectedOrDead(stage, bot);
      Thread.sleep(REHEARSAL);
    }
    TreeMap<String, Integer> commits = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      Edge edge = Edge.parse(line);
      commits.merge(edge.name(), edge.occurrence(), Math::max);
    }
    return commits;
  }

  private List<Edge> choose(TreeMap<String, Integer> commits, RandomGenerator random) {
    List<Edge> edges = new ArrayList<>();
    commits.forEach((name, often) -> {
      for (int occurrence = 1; occurrence <= Math.min(often, OCCURRENCES); occurrence++) {
        for (Side side : Side.values()) {
          edges.add(new Edge(name, occurrence, side));
        }
      }
    });
    Collections.shuffle(edges, Random.from(random));
    return edges.subList(0, Math.min(times, edges.size()));
  }
}
