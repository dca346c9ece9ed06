package dev.bandmaster.benchmark.chaos;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.bandmaster.benchmark.Scratch;
import dev.bandmaster.broker.PrivateRabbit;
import dev.bandmaster.testkit.fault.FaultProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bandmaster bench chaos}. */
@Command(
    name = "chaos",
    description = {
      "Kills the bot, an agent and the broker and cuts the lines between them at random moments",
      "while people type commands, then compares what was asked, done and told.",
      "The exit code is 1 if anything acknowledged was lost, happened twice or happened unasked."
    },
    mixinStandardHelpOptions = true)
public final class Chaos implements Callable<Integer> {

  /** So far ahead is the clock of one of two bots, and so far behind the other's. */
  private static final Duration WRONG = Duration.ofMinutes(5);

  @Option(names = "--short", description = "A few of each, in about a minute.")
  private boolean brief;

  @Option(names = "--seed", description = "Makes the same choices again; by chance if left out.")
  private Optional<Long> seed = Optional.empty();

  @Option(names = "--bot-kills", paramLabel = "N", description = "300; 4 in the short form.")
  private int botKills = -1;

  @Option(names = "--agent-kills", paramLabel = "N", description = "50; 1 in the short form.")
  private int agentKills = -1;

  @Option(names = "--broker-kills", paramLabel = "N", description = "100; 1 in the short form.")
  private int brokerKills = -1;

  @Option(
      names = "--cuts",
      paramLabel = "N",
      description = "Of each line: 100; 2 in the short form.")
  private int cuts = -1;

  @Option(
      names = "--races",
      paramLabel = "N",
      description = "Of two bots: 20 of each kind; 1 in the short form.")
  private int races = -1;

  @Option(
      names = "--edges",
      paramLabel = "N",
      description = "Of transactions: all there are; 3 in the short form.")
  private int edges = -1;

  @Option(names = "--keep", description = "Leaves the folder with all logs behind.")
  private boolean keep;

  @Override
  public Integer call() throws Exception {
    if (!PrivateRabbit.isInstalled()) {
      System.err.println("This needs an installed RabbitMQ (on Debian: rabbitmq-server).");
      return CommandLine.ExitCode.SOFTWARE;
    }
    long chosen = seed.orElseGet(() -> new SplittableRandom().nextLong(1_000_000));
    Path folder = Files.createTempDirectory("bandmaster-chaos-");
    System.out.printf("seed %d, everything is in %s%n%n", chosen, folder);
    List<Row> rows = new ArrayList<>();
    System.out.print(RowTable.head());
    run(folder, new SplittableRandom(chosen), rows);
    boolean kept = rows.stream().allMatch(row -> row.verdict().isKept());
    if (kept && !keep) {
      new Scratch(folder).close();
    }
    System.out.printf(
        "%n%s%n", kept ? "Nothing was lost, and nothing happened twice." : "BROKEN: see above.");
    return kept ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private void run(Path folder, RandomGenerator random, List<Row> rows) throws Exception {
    quieten();
    try (Stage stage = Stage.build(folder, random)) {
      onSqlite(stage, random, rows);
      Optional<Schema> schema = Schema.create();
      if (schema.isEmpty()) {
        System.out.println("  No PostgreSQL answers here, so nothing was tried on one.");
        return;
      }
      try (Schema own = schema.get();
          FaultProxy line = FaultProxy.to("database", own.port())) {
        onPostgresql(stage, own, line, random, rows);
      }
    }
  }

  private void onPostgresql(
      Stage stage, Schema schema, FaultProxy line, RandomGenerator random, List<Row> rows)
      throws Exception {
    Path config =
        ReplicaSettings.postgresql(
            stage.folder(), schema.addressThrough(line.port()), schema.user(), schema.password());
    undergoAll(
        stage,
        stage.bot("bot-1", config),
        List.of(
            new FailPoints(config, times(edges, 1_000, 3)), new Cuts(line, times(cuts, 100, 2))),
        random,
        rows);
    int often = times(races, 20, 1);
    if (often == 0) {
      return;
    }
    List<ChildJvm> two = List.of(stage.bot("bot-1", config), stage.bot("bot-2", config));
    try (Trial trial = Trial.begin(stage, two, random)) {
      undergo(trial, new Handovers("one of two bots dies, the other goes on", often), rows);
      undergo(trial, new Freezes(brief ? often : Math.min(often, 5), freeze()), rows);
      undergo(trial, new Twins("every message to two bots", often * 3), rows);
    }
    List<ChildJvm> apart =
        List.of(
            stage.bot("bot-1", config, BotVariant.withClockAhead(WRONG), BotVariant.PROGRAM),
            stage.bot(
                "bot-2", config, BotVariant.withClockAhead(WRONG.negated()), BotVariant.PROGRAM));
    try (Trial trial = Trial.begin(stage, apart, random)) {
      undergo(trial, new Handovers("the same, their clocks ten minutes apart", often), rows);
    }
  }

  private Duration freeze() {
    return Duration.ofSeconds(brief ? 15 : 60);
  }

  /** The web server of the simulated Slack has much to say of connections that break. */
  private static void quieten() {
    for (String talkative : List.of("Javalin", "io.javalin", "org.eclipse.jetty")) {
      if (LoggerFactory.getLogger(talkative) instanceof Logger logger) {
        logger.setLevel(Level.OFF);
      }
    }
  }

  private void onSqlite(Stage stage, RandomGenerator random, List<Row> rows) throws Exception {
    Path config = ReplicaSettings.sqlite(stage.folder());
    undergoAll(
        stage,
        stage.bot("bot-1", config),
        List.of(
            Kills.ofTheBot(times(botKills, 300, 4)),
            Kills.ofAnAgent(times(agentKills, 50, 1)),
            Kills.ofTheBroker(times(brokerKills, 100, 1)),
            new Cuts(stage.slackLine(), times(cuts, 100, 2)),
            new Cuts(stage.brokerLine(), times(cuts, 100, 2))),
        random,
        rows);
  }

  /** One bot undergoes these, if any is to happen at all. */
  private static void undergoAll(
      Stage stage, ChildJvm bot, List<Ordeal> ordeals, RandomGenerator random, List<Row> rows)
      throws Exception {
    if (ordeals.stream().noneMatch(ordeal -> ordeal.times() > 0)) {
      return;
    }
    try (Trial trial = Trial.begin(stage, List.of(bot), random)) {
      for (Ordeal ordeal : ordeals) {
        undergo(trial, ordeal, rows);
      }
    }
  }

  private static void undergo(Trial trial, Ordeal ordeal, List<Row> rows) throws Exception {
    if (ordeal.times() > 0) {
      Row row = trial.undergo(ordeal);
      rows.add(row);
      System.out.print(RowTable.line(row));
      RowTable.complaints(row).forEach(each -> System.out.println("    " + each));
    }
  }

  private int times(int said, int usual, int few) {
    return said >= 0 ? said : brief ? few : usual;
  }
}
