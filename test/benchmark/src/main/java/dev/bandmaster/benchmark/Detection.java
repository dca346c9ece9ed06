package dev.bandmaster.benchmark;

import dev.bandmaster.model.PresenceEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Watches 100,000 nodes that beat every 30 s: what that costs, how soon a failure is found, and
 * what people read when half of them fall silent at once, and when the bot was away. Time is
 * simulated; the store and everything between a beat and a call of Slack is real. The broker and
 * the opening of sealed beats are not part of it.
 */
final class Detection implements Benchmark {
  private static final int NODES = 100_000;
  private static final int ENVIRONMENTS = 20;
  private static final int FEWER = 10_000;
  private static final int JOINED_AT_ONCE = 500;
  private static final Duration TIMEOUT = BeatingFleet.INTERVAL.multipliedBy(3);
  private static final Instant START = Instant.parse("2026-05-04T12:00:00Z");

  private static final double MOST_OF_A_PROCESSOR = 10;
  private static final double MOST_SECONDS = 1;
  private static final double MOST_CALLS = 5;

  private final Random random = new Random(42);

  @Override
  public String name() {
    return "detector";
  }

  @Override
  public String about() {
    return "watching %,d nodes that beat every %d s, in simulated time"
        .formatted(NODES, BeatingFleet.INTERVAL.toSeconds());
  }

  @Override
  public List<Figure> run() throws Exception {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(ordinaryDay());
    figures.addAll(halfIsLost());
    figures.addAll(absence());
    return figures;
  }

  /** A bot with its fleet, and the time that passes for both. */
  private static final class Scene implements AutoCloseable {
    private final Scratch scratch;
    private final SimulatedTime time = new SimulatedTime(START);
    private final CountingSlack slack = new CountingSlack(time);
    private final BeatingFleet fleet;
    private WatchingBot bot;

    Scene(int nodes, int environments) throws IOException, InterruptedException {
      scratch = Scratch.create();
      fleet = new BeatingFleet(nodes, environments, time);
      bot = start();
      List<PresenceEvent> joins = fleet.join();
      for (int from = 0; from < nodes; from += JOINED_AT_ONCE) {
        bot.receive(joins.subList(from, Math.min(nodes, from + JOINED_AT_ONCE)));
      }
      pass(Duration.ofMinutes(2), () -> {});
    }

    private WatchingBot start() {
      return new WatchingBot(scratch.folder().resolve("bandmaster.db"), time, slack);
    }

    void pass(Duration duration, Runnable afterLook) throws InterruptedException {
      Instant end = time.instant().plus(duration);
      while (time.instant().isBefore(end)) {
        time.advance(BeatingFleet.BATCH);
        bot.receive(fleet.next());
        if (bot.lookIfDue()) {
          afterLook.run();
          bot.settle();
        }
      }
    }

    /** The bot is away while the fleet goes on. */
    void restartAfter(Duration away) {
      bot.close();
      Instant end = time.instant().plus(away);
      while (time.instant().isBefore(end)) {
        time.advance(BeatingFleet.BATCH);
        fleet.next();
      }
      bot = start();
    }

    @Override
    public void close() throws IOException {
      bot.close();
      scratch.close();
    }
  }

  private List<Figure> ordinaryDay() throws IOException, InterruptedException {
    try (Scene scene = new Scene(NODES, ENVIRONMENTS)) {
      Map<Integer, Instant> dead = new HashMap<>();
      List<Double> found = new ArrayList<>();
      Duration length = Duration.ofMinutes(3);
      Duration before = scene.bot.processorTime();
      Instant begin = scene.time.instant();
      List<Double> looks = new ArrayList<>();
      scene.pass(
          length,
          () -> {
            looks.add(scene.bot.lastLook().toNanos() / 1e6);
            Instant now = scene.time.instant().plus(scene.bot.lastLook());
            dead.entrySet()
                .removeIf(entry -> {
                  int node = entry.getKey();
                  if (entry.getValue().equals(Instant.MAX)
                      && scene.bot.isDown(scene.fleet.name(node))) {
                    Instant due = scene.fleet.lastSeen(node).plus(TIMEOUT);
                    found.add(Duration.between(due, now).toMillis() / 1e3);
                    entry.setValue(now.plusSeconds(60));
                  } else if (!now.isBefore(entry.getValue())) {
                    scene.fleet.restart(node);
                    return true;
                  }
                  return false;
                });
            long passed = Duration.between(begin, scene.time.instant()).toSeconds();
            while (dead.size() + found.size() < passed) {
              int victim = random.nextInt(NODES);
              if (dead.putIfAbsent(victim, Instant.MAX) == null) {
                scene.fleet.cut(victim);
              }
            }
          });
      Duration spent = scene.bot.processorTime().minus(before);
      Samples delays = new Samples(found);
      Samples times = new Samples(looks);
      return List.of(
          Figure.atMost(
              MOST_OF_A_PROCESSOR,
              "one processor's time, while a node a second fails",
              spent.toMillis() * 100.0 / length.toMillis(),
              "%"),
          Figure.plain("failures", found.size(), ""),
          Figure.plain("from deadline to conclusion, median", delays.median(), "s"),
          Figure.atMost(MOST_SECONDS, "from deadline to conclusion, worst", delays.worst(), "s"),
          Figure.plain("a look, median", times.median(), "ms"),
          Figure.plain("a look, worst", times.worst(), "ms"),
          Figure.plain("heap in use afterwards", heapInUse(), "MiB"));
    }
  }

  private static double heapInUse() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / (1024.0 * 1024);
  }

  /** 50,000 of 100,000 nodes are gone from one moment to the next, and come back later. */
  private static List<Figure> halfIsLost() throws IOException, InterruptedException {
    try (Scene scene = new Scene(NODES, 2)) {
      List<Integer> lost = IntStream.range(0, NODES).filter(node -> node % 2 == 0).boxed().toList();
      lost.forEach(scene.fleet::cut);
      List<Double> looks = new ArrayList<>();
      Runnable look = () -> looks.add(scene.bot.lastLook().toNanos() / 1e9);
      scene.pass(TIMEOUT.plusSeconds(90), look);
      int posts = scene.slack.posts().size();
      int calls = scene.slack.callsWithin(Duration.ofMinutes(1));
      lost.forEach(scene.fleet::restart);
      scene.pass(Duration.ofMinutes(6), look);
      scene.slack.posts().forEach(post -> System.out.println("  " + post));
      return List.of(
          Figure.atMost(1, "50,000 lost: messages", posts, ""),
          Figure.atMost(MOST_CALLS, "50,000 lost: calls in the first minute", calls, ""),
          Figure.plain(
              "50,000 lost: all calls until all are back",
              scene.slack.calls().stream().mapToInt(CountingSlack.Call::calls).sum(),
              ""),
          Figure.plain("50,000 lost: longest look", new Samples(looks).worst(), "s"));
    }
  }

  private static List<Figure> absence() throws IOException, InterruptedException {
    try (Scene scene = new Scene(FEWER, ENVIRONMENTS)) {
      IntStream.of(7, 4_711, 9_999).forEach(scene.fleet::cut);
      scene.restartAfter(Duration.ofMinutes(10));
      scene.pass(Duration.ofMinutes(10), () -> {});
      List<String> posts = scene.slack.posts();
      posts.forEach(post -> System.out.println("  " + post));
      return List.of(
          Figure.atMost(1, "away for 10 min, 3 of 10,000 dead: messages", posts.size(), ""));
    }
  }
}
