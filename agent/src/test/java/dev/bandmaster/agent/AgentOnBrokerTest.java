package dev.bandmaster.agent;

import static dev.bandmaster.agent.AgentFixture.words;
import static dev.bandmaster.agent.FakeNodeBus.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.bus.AmqpAgentBus;
import dev.bandmaster.bus.BusListener;
import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.bus.Published;
import dev.bandmaster.config.AgentConfig;
import dev.bandmaster.config.yaml.StrictYaml;
import dev.bandmaster.wire.BotCodec;
import dev.bandmaster.wire.BotKeys;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.EnrolledNodes;
import dev.bandmaster.wire.Enrolment;
import dev.bandmaster.wire.FinalCode;
import dev.bandmaster.wire.PresenceEvent;
import dev.bandmaster.wire.RejectedMessage;
import dev.bandmaster.wire.Reply;
import dev.bandmaster.wire.ReplyBody;
import dev.bandmaster.wire.Request;
import dev.bandmaster.wire.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real agents on a real broker, asked by the bot's own side of the bus. */
class AgentOnBrokerTest {

  @TempDir Path directory;

  private final EmbeddedBroker broker = EmbeddedBroker.start();
  private final BotKeys keys =
      BotKeys.generate("bot-1", Instant.now().minusSeconds(60), Instant.now().plusSeconds(3600));
  private final EnrolledNodes nodes = new EnrolledNodes();
  private final Heard heard = new Heard();
  private final AmqpAgentBus bot =
      new AmqpAgentBus(
          ConnectionSettings.of(broker.uri(), "main", "bot-1"),
          new BotCodec(List.of(keys), nodes),
          InstantSource.system(),
          new Random(5));

  @BeforeEach
  void connect() {
    bot.start(heard);
    eventually(() -> bot.state() instanceof BusState.Connected);
  }

  @AfterEach
  void stop() {
    bot.close();
    broker.close();
  }

  @Test
  void aBroadcastReachesTheNodesForWhichItsFilterHolds() throws IOException {
    try (Agent _ = agent("web1", "frontend");
        Agent _ = agent("web2", "frontend");
        Agent _ = agent("db1", "database")) {
      eventually(() -> heard.joined() == 3);

      String id = ask(new Target.Broadcast("", "role=frontend"), "ping", "ping", "{}");
      eventually(() -> heard.finals(id).size() == 2);

      // Once db1 has answered the next question, it has long had the first.
      String next = ask(new Target.Nodes(List.of("db1")), "ping", "ping", "{}");
      eventually(() -> heard.finals(next).size() == 1);
      assertThat(heard.finals(id))
          .extracting(Reply::node)
          .containsExactlyInAnyOrder("web1", "web2");
    }
  }

  @Test
  void workIsReportedFromAcceptedToFinal() throws IOException {
    try (Agent _ = agent("web1", "frontend")) {
      eventually(() -> heard.joined() == 1);

      String id = ask(new Target.Nodes(List.of("web1")), "adhoc", "command", words("echo", "hi"));

      eventually(() -> heard.finals(id).size() == 1);
      assertThat(heard.to(id))
          .extracting(reply -> reply.body().getClass().getSimpleName())
          .containsExactly("Accepted", "Started", "Output", "Final");
      ReplyBody.Final end = (ReplyBody.Final) heard.finals(id).getFirst().body();
      assertThat(end.code()).isEqualTo(FinalCode.OK);
    }
  }

  @Test
  void aBrokerThatRestartsDuringWorkLosesNoReply() throws IOException {
    try (Agent _ = agent("web1", "frontend")) {
      eventually(() -> heard.joined() == 1);
      String id =
          ask(
              new Target.Nodes(List.of("web1")),
              "adhoc",
              "command",
              words(
                  "sh", "-c", "echo before; touch begun; while [ ! -e go ]; do sleep 0.05; done"));
      Path work = directory.resolve("web1/state/work");
      eventually(() -> Files.exists(work.resolve("begun")));

      try (EmbeddedBroker _ = broker.restart()) {
        Files.createFile(work.resolve("go"));
        eventually(() -> heard.finals(id).size() >= 1);
      }
      assertThat(heard.finals(id))
          .allMatch(reply -> ((ReplyBody.Final) reply.body()).code() == FinalCode.OK);
    }
  }

  private Agent agent(String name, String role) throws IOException {
    Path home = Files.createDirectories(directory.resolve(name));
    Path file = home.resolve("agent.yaml");
    Files.writeString(
        file,
        """
        node: %s
        env: staging
        roles: [%s]
        uri: %s
        state: state
        bots: {keys: ["%s"]}
        adhoc:
          commands:
            - {executable: echo, arguments: ["*"]}
            - {executable: sh, arguments: ["*"]}
        policy:
          - {callers: ["*"], actions: ["*"], apps: ["*"], envs: ["*"]}
        """
            .formatted(name, role, broker.uri(), keys.publicKeys().line()));
    AgentConfig config = AgentConfig.load(file, StrictYaml.standard()).value();
    return Agent.connect(config, InstantSource.system(), new Random(9));
  }

  private String ask(Target target, String capability, String action, String arguments) {
    String id = UUID.randomUUID().toString();
    Instant now = Instant.now();
    Request request =
        new Request(
            id,
            id,
            now,
            Duration.ofSeconds(60),
            now.plusSeconds(60),
            "bot-1",
            new Caller("slack:T1:U1", "ann", "C1", List.of(), List.of()),
            "main",
            target,
            capability,
            action,
            AgentFixture.json(arguments),
            Delivery.LIVE,
            bot.replyTo(),
            "");
    assertThat(bot.publish(request)).isInstanceOf(Published.Sent.class);
    return id;
  }

  /** Trusts every node that asks, and remembers what it hears. */
  private final class Heard implements BusListener {

    private final List<Reply> replies = new CopyOnWriteArrayList<>();
    private final List<PresenceEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void replies(List<Reply> batch) {
      replies.addAll(batch);
    }

    @Override
    public void presence(List<PresenceEvent> batch) {
      events.addAll(batch);
    }

    @Override
    public void enrolment(Enrolment enrolment) {
      nodes.acceptFirst(enrolment);
    }

    @Override
    public void rejected(RejectedMessage message) {}

    @Override
    public void stateChanged(BusState state) {}

    long joined() {
      return events.stream()
          .filter(
              event -> event instanceof PresenceEvent.Join || event instanceof PresenceEvent.Update)
          .map(event -> event.stamp().node())
          .distinct()
          .count();
    }

    List<Reply> to(String id) {
      return replies.stream().filter(reply -> reply.request().equals(id)).toList();
    }

    List<Reply> finals(String id) {
      return to(id).stream().filter(reply -> reply.body() instanceof ReplyBody.Final).toList();
    }
  }
}
