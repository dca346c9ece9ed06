package dev.bandmaster.benchmark;

import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.api.Call;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.testfleet.Behaviour;
import dev.bandmaster.testfleet.Behaviour.Step;
import dev.bandmaster.testfleet.EmulatedFleet;
import dev.bandmaster.testfleet.FleetSettings;
import dev.bandmaster.testfleet.Naming;
import dev.bandmaster.testkit.BotOnSimulator;
import dev.bandmaster.testkit.ShippedFiles;
import dev.bandmaster.wire.BotKeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A hundred jobs at the same time, each on a hundred nodes that have something new to say every few
 * seconds: how old the newest state is that people see, what the bot's process holds, and how soon
 * it draws again after its process was killed. Slack's own rate limits hold.
 */
final class ManyJobs implements Benchmark {
  private static final int JOBS = 100;
  private static final int NODES = 10_000;

  /** The names of a hundred nodes. */
  private static final String HUNDRED = "web01*";

  /** What Slack allows each app: {@code chat.update} is a "50 and more per minute" method. */
  private static final double UPDATES_A_MINUTE = 50;

  /** Every message drawn once takes this long at best. */
  private static final double ROUND_SECONDS = JOBS * 60 / UPDATES_A_MINUTE;

  private static final double LATE = 1.25;
  private static final double MOST_MEBIBYTES = 300;
  private static final double MOST_RESTART_SECONDS = 3;

  private static final Duration WATCHED = Duration.ofMinutes(7);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Between two things that a node has to say. */
  private static final Duration CHANGES = Duration.ofSeconds(20);

  private static final int CHANGES_OF_A_JOB = 100;

  @Override
  public String name() {
    return "jobs";
  }

  @Override
  public String about() {
    return "%d running jobs of 100 nodes each, in a fleet of %,d".formatted(JOBS, NODES);
  }

  @Override
  public List<Figure> run() throws Exception {
    if (!Site.rabbitmqAnswers()) {
      throw new IOException("this needs RabbitMQ on 127.0.0.1:5672");
    }
    try (Site site = Site.rabbitmq();
        Scratch scratch = Scratch.create();
        SlackSimulator slack =
            SlackSimulator.start(Workspace.defaults(), SimulatorOptions.defaults())) {
      Map<String, String> environment = environment(slack, site, scratch.folder());
      BotKeyRing ring =
          BotKeyRing.parse(
              List.of(new BotOnSimulator(slack, site.uri(), scratch.folder(), Map.of()).keyLine()));
      try (EmulatedFleet fleet = fleet(site, ring)) {
        Path config = patient(scratch.folder());
        List<String> command = List.of("run", "--config", config.toString());
        List<Figure> figures = new ArrayList<>();
        try (Program bot = Program.withLog(environment, command)) {
          bot.secondsUntil("The bus is connected", PATIENCE);
          Await.until("all nodes are there", PATIENCE, () -> fleet.isReady() && knowsAll(slack));
          figures.add(
              Figure.plain(
                  "memory with %,d nodes".formatted(NODES),
                  ProcFile.residentMebibytes(bot.pid()),
                  "MiB"));
          begin(slack);
          figures.addAll(watch(slack));
          figures.add(
              Figure.atMost(
                  MOST_MEBIBYTES,
                  "memory with %,d nodes and %d jobs".formatted(NODES, JOBS),
                  ProcFile.residentMebibytes(bot.pid()),
                  "MiB"));
          bot.kill();
        }
        figures.add(restart(slack, environment, command));
        return figures;
      }
    }
  }

  private static Map<String, String> environment(SlackSimulator slack, Site site, Path data) {
    return Map.of(
        "SLACK_APP_TOKEN", slack.workspace().bot().appToken(),
        "SLACK_BOT_TOKEN", slack.workspace().bot().botToken(),
        "SLACK_API_URL", slack.apiUrl(),
        "BANDMASTER_BROKER", site.uri(),
        "BANDMASTER_PREFIX", site.prefix(),
        "BANDMASTER_DATA", data.toString(),
        "BANDMASTER_ENROLMENT", "automatic",
        "BANDMASTER_POLICY", ShippedFiles.config("policy.yaml").toString(),
        "BANDMASTER_WEB_PORT", "0");
  }

  /** The shipped configuration with a deadline that no job of this benchmark reaches. */
  private static Path patient(Path folder) throws IOException {
    String shipped = Files.readString(ShippedFiles.config("bandmaster.yaml"));
    String changed = shipped.replace("    adhoc: 45s\n", "    adhoc: 2h\n");
    if (changed.equals(shipped)) {
      throw new IOException("config/bandmaster.yaml has no deadline for adhoc");
    }
    return Files.writeString(folder.resolve("bandmaster.yaml"), changed);
  }

  private static EmulatedFleet fleet(Site site, BotKeyRing ring) {
    ConnectionSettings connection =
        ConnectionSettings.of(site.uri(), "main", "fleet").withPrefix(site.prefix());
    return EmulatedFleet.start(
        FleetSettings.of(connection, ring, NODES),
        Naming.web("main", "staging"),
        talkative(),
        InstantSource.system(),
        new SecureRandom());
  }

  /** Says something now and then for half an hour, and never ends in time. */
  private static Behaviour talkative() {
    return (node, request, random) -> {
      List<Step> steps = new ArrayList<>();
      for (int i = 1; i <= CHANGES_OF_A_JOB; i++) {
        Duration after = i == 1 ? Duration.ofMillis(random.nextLong(CHANGES.toMillis())) : CHANGES;
        steps.add(new Step.Say(after, new ReportBody.Progress("step", Integer.toString(i))));
      }
      return steps;
    };
  }

  private static boolean knowsAll(SlackSimulator slack) {
    String question = slack.say("ann", "@ann", "status");
    return slack
        .await(
            "@ann",
            message ->
                question.equals(message.threadTs())
                    && message.shown().contains("%d nodes, %1$d present".formatted(NODES)),
            Duration.ofSeconds(5))
        .isPresent();
  }

  private static void begin(SlackSimulator slack) throws InterruptedException, TimeoutException {
    for (int i = 0; i < JOBS; i++) {
      slack.say("bob", "@bob", "adhoc staging " + HUNDRED + " uptime");
    }
    Await.until("all jobs are shown", PATIENCE, () -> jobMessages(slack).size() == JOBS);
  }

  private static List<SeenMessage> jobMessages(SlackSimulator slack) {
    String bot = slack.workspace().bot().userId();
    return slack.people().everything("@bob").stream()
        .filter(message -> message.user().equals(bot))
        .toList();
  }

  /** How long each message goes without being drawn again, while each has news all the time. */
  private static List<Figure> watch(SlackSimulator slack) throws InterruptedException {
    slack.lab().calls();
    long start = System.currentTimeMillis();
    Thread.sleep(WATCHED);
    Set<String> messages =
        jobMessages(slack).stream().map(SeenMessage::ts).collect(Collectors.toSet());
    Map<String, Long> drawn = new HashMap<>();
    messages.forEach(message -> drawn.put(message, start));
    List<Double> gaps = new ArrayList<>();
    int limited = 0;
    int updates = 0;
    for (Call call : slack.calls()) {
      long at = call.at().toEpochMilli();
      if (at < start) {
        continue;
      }
      if (call.status() == 429) {
        limited++;
      }
      Long before = drawn.get(call.arguments().path("ts").asText());
      if (call.method().equals("chat.update") && before != null) {
        updates++;
        gaps.add((at - before) / 1e3);
        drawn.put(call.arguments().path("ts").asText(), at);
      }
    }
    long end = start + WATCHED.toMillis();
    drawn.values().forEach(at -> gaps.add((end - at) / 1e3));
    Samples seconds = new Samples(gaps);
    return List.of(
        Figure.plain("redraws a minute", updates / (WATCHED.toSeconds() / 60.0), ""),
        Figure.plain("what is seen is older by, median", seconds.median(), "s"),
        Figure.atMost(
            LATE * ROUND_SECONDS, "what is seen is older by, worst", seconds.worst(), "s"),
        Figure.atMost(0, "calls that Slack refused with 429", limited, ""));
  }

  private static Figure restart(
      SlackSimulator slack, Map<String, String> environment, List<String> command)
      throws Exception {
    int before = slack.calls().size();
    long start = System.nanoTime();
    try (Program _ = Program.withLog(environment, command)) {
      Await.until(
          "a job is drawn",
          PATIENCE,
          () ->
              slack.calls().stream()
                  .skip(before)
                  .anyMatch(call -> call.method().equals("chat.update")));
      return Figure.atMost(
          MOST_RESTART_SECONDS,
          "restart with %d jobs, until the first redraw".formatted(JOBS),
          (System.nanoTime() - start) / 1e9,
          "s");
    }
  }
}
