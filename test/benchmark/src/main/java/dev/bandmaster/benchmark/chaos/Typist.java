package dev.bandmaster.benchmark.chaos;

import dev.bandmaster.simulator.SlackSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Types commands of all kinds, one after another, in the name of many people. */
final class Typist {
  private static final Logger LOG = LoggerFactory.getLogger(Typist.class);

  /** In the mean; about what Slack's limits let one bot answer, at 40 redraws a minute. */
  private static final Duration GAP = Duration.ofMillis(1_600);

  private static final List<String> PEOPLE = Crowd.names();

  private final SlackSimulator slack;
  private final Artifacts artifacts;
  private final Path record;
  private final List<String> nodes;
  private final RandomGenerator random;
  private final List<Typed> typed = new CopyOnWriteArrayList<>();
  private @Nullable Thread thread;

  /**
   * Prepares to type.
   *
   * @param record the program that writes down what a node does
   * @param nodes all there are; each has the application {@code web}
   */
  Typist(
      SlackSimulator slack,
      Artifacts artifacts,
      Path record,
      List<String> nodes,
      RandomGenerator random) {
    this.slack = slack;
    this.artifacts = artifacts;
    this.record = record;
    this.nodes = List.copyOf(nodes);
    this.random = random;
  }

  /** Begins to type, in the background. */
  void start() {
    thread = Thread.ofPlatform().name("typist").daemon().start(this::run);
  }

  /** Stops typing; returns when the last command is typed. */
  void stop() throws InterruptedException {
    Thread typing = thread;
    if (typing != null) {
      typing.interrupt();
      typing.join();
    }
  }

  /** Everything typed so far, oldest first. */
  List<Typed> typed() {
    return List.copyOf(typed);
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        typeOne();
        Thread.sleep(random.nextLong(GAP.toMillis() * 2));
      }
    } catch (InterruptedException e) {
      // Enough was typed.
    } catch (IOException e) {
      LOG.error("Nothing more can be typed", e);
    }
  }

  /** Types one command of any kind. */
  synchronized Typed typeOne() throws IOException {
    int number = typed.size() + 1;
    return switch (random.nextInt(6)) {
      case 0, 1 -> type("ping-" + number, "ping", Set.of());
      case 2 -> type("whoami-" + number, "whoami", Set.of());
      case 3 -> deploy(number);
      default -> change(random.nextInt(4));
    };
  }

  /**
   * Types a command that changes something on one, some or all nodes.
   *
   * @param seconds how long each node takes for it
   */
  synchronized Typed change(int seconds) {
    String command = "c" + (typed.size() + 1);
    List<String> some = new ArrayList<>(nodes);
    for (int removed = random.nextInt(nodes.size()); removed > 0; removed--) {
      some.remove(random.nextInt(some.size()));
    }
    return type(
        command,
        "adhoc staging %s command %s %s %d"
            .formatted(String.join(",", some), record, command, seconds),
        Set.copyOf(some));
  }

  private Typed deploy(int number) throws IOException {
    String version = "1.0." + number;
    artifacts.release("web", version);
    return type(
        "deploy-" + version, "codeupdate staging web version=" + version, Set.copyOf(nodes));
  }

  private Typed type(String command, String line, Set<String> targets) {
    String person = PEOPLE.get(random.nextInt(PEOPLE.size()));
    Instant at = Instant.now();
    Typed one = new Typed(command, person, slack.say(person, "@" + person, line), at, targets);
    typed.add(one);
    return one;
  }
}
