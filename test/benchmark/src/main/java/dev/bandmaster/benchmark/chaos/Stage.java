package dev.bandmaster.benchmark.chaos;

import dev.bandmaster.app.Main;
import dev.bandmaster.broker.PrivateRabbit;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.socket.Delays;
import dev.bandmaster.testkit.ShippedFiles;
import dev.bandmaster.testkit.fault.FaultProxy;
import dev.bandmaster.testkit.fault.Weather;
import dev.bandmaster.wire.KeyFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that can be broken: a Slack, a RabbitMQ, nodes with real agents, and lines from the
 * bot to Slack and to the broker. The bots themselves are added by the one that breaks them.
 */
final class Stage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Stage.class);

  /** As Slack does it, in seconds instead of minutes. */
  private static final Delays DELAYS =
      new Delays(
          Duration.ofSeconds(3),
          List.of(Duration.ofSeconds(1), Duration.ofSeconds(6), Duration.ofSeconds(15)),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10));

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final List<ChaosNode> nodes = new ArrayList<>();
  private final Path folder;
  private final Artifacts artifacts;
  private final SlackSimulator slack;
  private final FaultProxy slackLine;
  private final PrivateRabbit rabbit;
  private final FaultProxy brokerLine;
  private final ChaosNode.Killable mortal;
  private final Typist typist;
  private final Watch watch;

  private Stage(Path folder, RandomGenerator random) throws IOException {
    this.folder = folder;
    artifacts = new Artifacts(folder.resolve("artifacts"));
    Path record = unpack("record.sh", folder.resolve("record"));
    Files.setPosixFilePermissions(record, PosixFilePermissions.fromString("rwxr-xr-x"));
    slack =
        keep(
            SlackSimulator.start(
                Crowd.workspace(),
                SimulatorOptions.defaults()
                    .withRateScale(0)
                    .withDelays(DELAYS)
                    .withRandom(new SplittableRandom(random.nextLong()))));
    slackLine = keep(FaultProxy.to("slack", slack.port()));
    slack.standBehind(slackLine.port());
    rabbit = keep(PrivateRabbit.start(folder.resolve("rabbit")));
    brokerLine = keep(FaultProxy.to("broker", rabbit.port()));
    Path keys = folder.resolve("bot-keys");
    Files.writeString(
        keys,
        KeyFiles.bot(data().resolve("keys/bot.json"), InstantSource.system()).publicKeys().line()
            + "\n");
    ChaosNode.Orders orders =
        new ChaosNode.Orders(
            unpack("agent.yaml", folder.resolve("agent.yaml")), rabbit.uri(), keys, record);
    Path homes = folder.resolve("nodes");
    nodes.add(keep(ChaosNode.inside("web1", homes, orders)));
    nodes.add(keep(ChaosNode.inside("web2", homes, orders)));
    mortal = ChaosNode.outside("web3", homes, orders);
    nodes.add(keep(mortal.node()));
    mortal.agent().start();
    typist =
        new Typist(slack, artifacts, record, nodes.stream().map(ChaosNode::name).toList(), random);
    watch = keep(new Watch(slack, typist::typed));
    watch.start();
  }

  /** Builds a stage; everything it writes lies in this folder. */
  static Stage build(Path folder, RandomGenerator random) throws IOException {
    return new Stage(folder, random);
  }

  private static Path unpack(String resource, Path target) throws IOException {
    try (InputStream in = Stage.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("the program's jar lacks " + resource);
      }
      Files.copy(in, target);
    }
    return target;
  }

  private <T extends AutoCloseable> T keep(T part) {
    started.push(part);
    return part;
  }

  private Path data() {
    return folder.resolve("bot");
  }

  /** A bot as a process of its own, behind the lines of this stage; not started yet. */
  ChildJvm bot(String replica, Path config, List<String> options, List<String> program) {
    Map<String, String> environment = new HashMap<>();
    environment.put("BANDMASTER_REPLICA", replica);
    environment.put("SLACK_APP_TOKEN", slack.workspace().bot().appToken());
    environment.put("SLACK_BOT_TOKEN", slack.workspace().bot().botToken());
    environment.put("SLACK_API_URL", slack.apiUrl());
    environment.put("BANDMASTER_BROKER", "amqp://guest:guest@127.0.0.1:" + brokerLine.port());
    environment.put("BANDMASTER_DATA", data().toString());
    environment.put("BANDMASTER_ENROLMENT", "automatic");
    environment.put("BANDMASTER_WEB_PORT", "0");
    environment.put("BANDMASTER_POLICY", ShippedFiles.config("policy.yaml").toString());
    environment.put("BANDMASTER_ARTIFACTS", artifacts.address());
    List<String> arguments = new ArrayList<>(program);
    arguments.addAll(List.of("--config", config.toString()));
    return new ChildJvm(options, arguments, environment, folder.resolve(replica + ".log"));
  }

  /** The bot as it is shipped. */
  ChildJvm bot(String replica, Path config) {
    return bot(replica, config, List.of(), List.of(Main.class.getName(), "run"));
  }

  /** All lines are whole, the broker and the agents are up. */
  void repair() throws IOException {
    slackLine.weather(new Weather.Clear());
    brokerLine.weather(new Weather.Clear());
    if (!mortal.agent().isAlive()) {
      mortal.agent().start();
    }
  }

  Path folder() {
    return folder;
  }

  SlackSimulator slack() {
    return slack;
  }

  FaultProxy slackLine() {
    return slackLine;
  }

  FaultProxy brokerLine() {
    return brokerLine;
  }

  PrivateRabbit rabbit() {
    return rabbit;
  }

  /** The agent that may be killed. */
  ChildJvm mortalAgent() {
    return mortal.agent();
  }

  List<ChaosNode> nodes() {
    return List.copyOf(nodes);
  }

  Typist typist() {
    return typist;
  }

  Watch watch() {
    return watch;
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        LOG.warn("Something did not close cleanly", e);
      }
    }
  }
}
