package dev.bandmaster.agent;

import static dev.bandmaster.agent.FakeNodeBus.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.broker.PrivateRabbit;
import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.bus.EnrolmentCall;
import dev.bandmaster.bus.PublishResult;
import dev.bandmaster.config.AgentConfig;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.Target;
import dev.bandmaster.wire.NodeKeys;
import dev.bandmaster.yaml.StrictYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A RabbitMQ on which bot and nodes have the rights of {@code config/broker-rights.sh} only. */
@Tag("real")
class NodeRightsTest {
  private static final Path SCRIPT = Path.of("..", "config", "broker-rights.sh");
  private static final String HOST = "/bandmaster";
  private static final String NODE = "web1.example.com";

  @TempDir static Path brokers;
  @TempDir Path directory;

  private static PrivateRabbit rabbit;

  @BeforeAll
  static void startTheBroker() throws Exception {
    // A delivery that is not acknowledged within two seconds ends its channel.
    rabbit = PrivateRabbit.start(brokers, Duration.ofSeconds(2));
    allow("bot", "bot");
    allow("node", NODE);
    allow("node", "web2.example.com");
  }

  @AfterAll
  static void stopTheBroker() {
    rabbit.close();
  }

  @Test
  void aNodeWithItsRightsCanDoItsWork() throws Exception {
    try (BotSide bot = bot();
        Agent agent = agent(bot, NODE, NODE)) {
      eventually(() -> bot.received().joined() == 1);
      var target = new Target.Nodes(List.of(NODE));

      String ping = bot.ask(target, "ping", "ping", "{}");
      assertThat(bot.received().finalOf(ping, 1).code()).isEqualTo(FinalCode.OK);
      String everybody = bot.ask(new Target.Broadcast("staging", ""), "ping", "ping", "{}");
      assertThat(bot.received().finalOf(everybody, 1).code()).isEqualTo(FinalCode.OK);
      var queued = bot.queued(NODE, Instant.now(), "echo", "hi");
      assertThat(bot.send(queued)).isEqualTo(new PublishResult.Sent(List.of()));
      assertThat(bot.received().finalOf(queued.id(), 1).code()).isEqualTo(FinalCode.OK);
      assertThat(bot.received().output(queued.id())).isEqualTo("hi\n");
      assertThat(agent.busState()).isInstanceOf(BusState.Connected.class);
    }
  }

  @Test
  void reliabilityR9_trap18_aLongJobDoesNotHitTheBrokersConsumerTimeout() throws Exception {
    try (BotSide bot = bot();
        Agent agent = agent(bot, NODE, NODE)) {
      eventually(() -> bot.received().joined() == 1);
      BusState connected = agent.busState();
      var request = bot.queued(NODE, Instant.now(), "sh", "-c", "sleep 8");

      assertThat(bot.send(request)).isEqualTo(new PublishResult.Sent(List.of()));

      assertThat(bot.received().finalOf(request.id(), 1).code()).isEqualTo(FinalCode.OK);
      assertThat(agent.busState()).as("one connection all the time").isEqualTo(connected);
    }
  }

  @Test
  void trustT4_aSharedUserMayAskForEntryAndDoNothingElse() throws Exception {
    allow("enrol", "enrol-staging");
    try (BotSide bot = bot()) {
      Path file =
          bot.agentFile(directory, "web9", "frontend", rabbit.uri("enrol-staging", "secret", HOST));
      AgentConfig config = AgentConfig.load(file, StrictYaml.standard()).value();
      NodeKeys keys = AgentKeys.own(config);
      EnrolmentCall.send(
          ConnectionSettings.of(config.uri().reveal(), "main", "web9"),
          "staging",
          keys,
          AgentKeys.bots(config, InstantSource.system()).get(),
          Optional.empty(),
          InstantSource.system(),
          new Random(9));
      eventually(() -> bot.received().enrolled().contains("web9"));
      try (Agent agent = Agent.connect(config, InstantSource.system(), new Random(9))) {
        eventually(() ->
            agent.busState() instanceof BusState.Disconnected(String reason, Instant _)
                && reason.contains("the user lacks a right"));
      }
      assertThat(bot.received().joined()).isZero();
    }
  }

  @Test
  void aNodeCannotSpeakOrListenInAnothersName() throws Exception {
    try (BotSide bot = bot();
        Agent thief = agent(bot, "web2.example.com", NODE)) {
      eventually(() ->
          thief.busState() instanceof BusState.Disconnected(String reason, Instant since)
              && reason.contains("the user lacks a right"));
      assertThat(bot.received().joined()).isZero();
    }
  }

  private BotSide bot() {
    return new BotSide(ConnectionSettings.of(rabbit.uri("bot", "secret", HOST), "main", "bot-1"));
  }

  private Agent agent(BotSide bot, String user, String name) throws IOException {
    Path file =
        bot.agentFile(directory.resolve(user), name, "frontend", rabbit.uri(user, "secret", HOST));
    AgentConfig config = AgentConfig.load(file, StrictYaml.standard()).value();
    return Agent.connect(config, InstantSource.system(), new Random(9));
  }

  private static void allow(String kind, String user) throws Exception {
    Process script =
        rabbit
            .command(
                "bash",
                SCRIPT.toAbsolutePath().toString(),
                kind,
                user,
                "--vhost",
                HOST,
                "--env",
                "staging")
            .redirectErrorStream(true)
            .redirectOutput(brokers.resolve("rights.log").toFile())
            .start();
    try (var input = script.outputWriter(StandardCharsets.UTF_8)) {
      input.write("secret\n");
    }
    assertThat(script.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(script.exitValue()).as(user).isZero();
  }
}
