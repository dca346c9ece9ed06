package dev.bandmaster.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.config.AgentConfig;
import dev.bandmaster.model.Target;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.Request;
import dev.bandmaster.yaml.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** An agent in a temporary folder, on a bus in memory, with a configuration written as YAML. */
public final class AgentFixture implements AutoCloseable {

  static final AgentTimes SHORT =
      new AgentTimes(
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofMillis(300),
          Duration.ofSeconds(20),
          Duration.ofMillis(100),
          Duration.ofMillis(10));

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final FakeNodeBus bus = new FakeNodeBus();
  private final Agent agent;

  AgentFixture(Path directory, String more) throws IOException {
    this(directory, more, "jobs: 8", SHORT);
  }

  /** As the other, with one more limit and times of its own. */
  AgentFixture(Path directory, String more, String limit, AgentTimes times) throws IOException {
    this.directory = directory;
    this.agent =
        Agent.start(config(directory, more, limit), times, (_, _) -> bus, clock(), random());
  }

  private static InstantSource clock() {
    return InstantSource.system();
  }

  private static Random random() {
    return new Random(7);
  }

  /** A configuration that allows everything to everybody, with more keys behind it. */
  static AgentConfig config(Path directory, String more) throws IOException {
    return config(directory, more, "jobs: 8");
  }

  private static AgentConfig config(Path directory, String more, String limit) throws IOException {
    Path file = directory.resolve("agent.yaml");
    Files.writeString(
        file,
        """
        node: web1
        env: staging
        roles: [frontend]
        tags: [local]
        facts: {location: here}
        uri: amqp://guest:guest@127.0.0.1:1
        state: state
        bots: {keys: [unused]}
        limits: {output: 4KiB, %s}
        """
                .formatted(limit)
            + (more.contains("policy:")
                ? ""
                : """
                policy:
                  - {callers: ["*"], actions: ["*"], apps: ["*"], envs: ["*"]}
                """)
            + more);
    return AgentConfig.load(file, StrictYaml.standard()).value();
  }

  FakeNodeBus bus() {
    return bus;
  }

  Agent agent() {
    return agent;
  }

  Path directory() {
    return directory;
  }

  /** Asks for something, as a request whose id is returned. */
  String ask(String capability, String action, String arguments) {
    Request request = request(capability, action, arguments);
    bus.deliver(request);
    return request.id();
  }

  /** Has it run a command; returns the request's id. */
  String run(String... command) {
    return ask("adhoc", "command", words(command));
  }

  /** A request to run a command. */
  static Request command(String... command) {
    return request("adhoc", "command", words(command));
  }

  static Request request(String capability, String action, String arguments) {
    return request(capability, action, arguments, Duration.ofSeconds(60));
  }

  static Request request(
      String capability, String action, String arguments, Duration untilDeadline) {
    return request(capability, action, arguments, untilDeadline, Delivery.LIVE);
  }

  /** A request that may wait in the node's inbox. */
  static Request queued(String capability, String action, String arguments) {
    return request(capability, action, arguments, Duration.ofSeconds(60), Delivery.QUEUE);
  }

  private static Request request(
      String capability,
      String action,
      String arguments,
      Duration untilDeadline,
      Delivery delivery) {
    String id = UUID.randomUUID().toString();
    Instant now = Instant.now();
    return new Request(
        id,
        id,
        now,
        Duration.ofSeconds(60),
        now.plus(untilDeadline),
        "bot-1",
        new Caller("slack:T1:U1", "ann", "C1", List.of("sre"), List.of()),
        "main",
        new Target.Nodes(List.of("web1")),
        capability,
        action,
        json(arguments),
        delivery,
        "bot-1",
        "");
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A list of arguments as the small commands take it. */
  static String words(String... words) {
    return JSON.createObjectNode().set("arguments", JSON.valueToTree(words)).toString();
  }

  @Override
  public void close() {
    agent.close();
  }
}
