package dev.bandmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.bus.AmqpAgentBus;
import dev.bandmaster.bus.BusListener;
import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.ConnectionSettings;
import dev.bandmaster.bus.PublishResult;
import dev.bandmaster.model.EnrolledNodes;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.Target;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.wire.BotCodec;
import dev.bandmaster.wire.BotKeys;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The bot's end of a real bus, which trusts every node that asks, asks, and remembers what it
 * receives; and the configuration of agents that listen to it.
 */
final class BotSide implements AutoCloseable {
  private static final Target WEB1 = new Target.Nodes(List.of("web1"));

  private final BotKeys keys =
      BotKeys.generate("bot-1", Instant.now().minusSeconds(60), Instant.now().plusSeconds(3600));
  private final EnrolledNodes nodes = new EnrolledNodes();
  private final Received received = new Received();
  private final AmqpAgentBus bus;

  BotSide(ConnectionSettings settings) {
    bus =
        new AmqpAgentBus(
            settings, new BotCodec(List.of(keys), nodes), InstantSource.system(), new Random(5));
    bus.start(received);
    bus.acquire(bus.replyTo());
    FakeNodeBus.eventually(() -> bus.state() instanceof BusState.Connected);
  }

  /**
   * Writes the configuration of an agent that trusts this bot and may run {@code echo} and {@code
   * sh}.
   *
   * @param home the agent's folder, made when missing
   */
  Path agentFile(Path home, String name, String role, String uri) throws IOException {
    Files.createDirectories(home);
    return Files.writeString(
        home.resolve("agent.yaml"),
        """
        node: %s
        env: staging
        roles: [%s]
        uri: %s
        state: state
        bots: {keys: ["%s"]}
        adhoc:
          commands:
            - {executable: echo, arguments: ["**"]}
            - {executable: sh, arguments: ["**"]}
        policy:
          - {callers: ["*"], actions: ["*"], apps: ["*"], envs: ["*"]}
        """
            .formatted(name, role, uri, keys.publicKeys().line()));
  }

  Received received() {
    return received;
  }

  /** Asks named nodes that are there; returns the request's id. */
  String ask(Target target, String capability, String action, String arguments) {
    Request request = request(target, capability, action, arguments, Delivery.LIVE, Instant.now());
    assertThat(send(request)).isInstanceOf(PublishResult.Sent.class);
    return request.id();
  }

  /** Has web1 run a command; returns the request's id. */
  String run(String... command) {
    return ask(WEB1, "adhoc", "command", AgentFixture.words(command));
  }

  /** A command for a node that waits in its inbox, at most a minute from this time on. */
  Request queued(String node, Instant sentAt, String... command) {
    return request(
        new Target.Nodes(List.of(node)),
        "adhoc",
        "command",
        AgentFixture.words(command),
        Delivery.QUEUE,
        sentAt);
  }

  PublishResult send(Request request) {
    return bus.publish(request);
  }

  /** A request that may wait for a minute, and has to end within two. */
  Request request(
      Target target,
      String capability,
      String action,
      String arguments,
      Delivery delivery,
      Instant sentAt) {
    String id = UUID.randomUUID().toString();
    return new Request(
        id,
        id,
        sentAt,
        Duration.ofSeconds(60),
        sentAt.plusSeconds(120),
        "bot-1",
        new Caller("slack:T1:U1", "ann", "C1", List.of(), List.of()),
        "main",
        target,
        capability,
        action,
        AgentFixture.json(arguments),
        delivery,
        bus.replyTo(),
        "");
  }

  @Override
  public void close() {
    bus.close();
  }

  /** What came back. */
  final class Received implements BusListener {
    private final List<TargetReport> replies = new CopyOnWriteArrayList<>();
    private final List<PresenceEvent> events = new CopyOnWriteArrayList<>();
    private final List<RejectedMessage> rejected = new CopyOnWriteArrayList<>();

    @Override
    public void replies(String lease, List<TargetReport> batch) {
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
    public void rejected(RejectedMessage message) {
      rejected.add(message);
    }

    @Override
    public void stateChanged(BusState state) {}

    List<PresenceEvent> events() {
      return events;
    }

    /** The nodes that have asked to be let in. */
    Set<String> enrolled() {
      return nodes.names();
    }

    List<RejectedMessage> rejected() {
      return rejected;
    }

    /** How many nodes have described themselves. */
    long joined() {
      return events.stream()
          .filter(
              event -> event instanceof PresenceEvent.Join || event instanceof PresenceEvent.Update)
          .map(event -> event.stamp().node())
          .distinct()
          .count();
    }

    List<TargetReport> to(String id) {
      return replies.stream().filter(reply -> reply.request().equals(id)).toList();
    }

    List<TargetReport> finals(String id) {
      return to(id).stream().filter(reply -> reply.body() instanceof ReportBody.Final).toList();
    }

    /** Waits for the n-th final of a request. */
    ReportBody.Final finalOf(String id, int number) {
      FakeNodeBus.eventually(() -> finals(id).size() >= number);
      return (ReportBody.Final) finals(id).get(number - 1).body();
    }

    String output(String id) {
      StringBuilder text = new StringBuilder();
      for (TargetReport reply : to(id)) {
        if (reply.body() instanceof ReportBody.Output(String stream, String printed)) {
          text.append(printed);
        }
      }
      return text.toString();
    }
  }
}
