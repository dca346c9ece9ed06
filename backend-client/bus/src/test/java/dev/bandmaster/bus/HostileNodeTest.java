package dev.bandmaster.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.bandmaster.broker.PrivateRabbit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stolen node can do on RabbitMQ with the rights of {@code config/broker-rights.sh}. */
@Tag("real")
class HostileNodeTest {
  private static final Path SCRIPT = Path.of("..", "..", "config", "broker-rights.sh");
  private static final String HOST = "/fleet";
  private static final String QUEUE = "ops.bm.live.web2";

  @TempDir static Path folder;
  private static PrivateRabbit rabbit;
  private static Connection bot;
  private static Connection thief;

  @BeforeAll
  static void start() throws Exception {
    rabbit = PrivateRabbit.start(folder);
    allow("bot", "bot", "--vhost", HOST, "--prefix", "ops.bm");
    allow("node", "web2", "--env", "staging", "--vhost", HOST, "--prefix", "ops.bm");
    bot = connect("bot");
    try (Channel channel = bot.createChannel()) {
      for (String exchange : List.of("request", "reply", "event", "dead")) {
        channel.exchangeDeclare("ops.bm." + exchange, "topic", true);
      }
      channel.queueDeclare("ops.bm.inbox.web1", true, false, false, Map.of());
      channel.queueDeclare("ops.bm.reply.bot-1", true, false, false, Map.of());
    }
    thief = connect("web2");
    try (Channel channel = thief.createChannel()) {
      channel.queueDeclare(QUEUE, false, false, false, Map.of());
    }
  }

  @AfterAll
  static void stop() throws Exception {
    thief.abort();
    bot.abort();
    rabbit.close();
  }

  private static Connection connect(String user) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(rabbit.uri(user, "secret", HOST));
    return factory.newConnection();
  }

  private static void allow(String... arguments) throws Exception {
    ProcessBuilder builder = rabbit.command("bash", SCRIPT.toAbsolutePath().toString());
    builder.command().addAll(List.of(arguments));
    Process script =
        builder
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("rights.log").toFile())
            .start();
    try (var input = script.outputWriter(StandardCharsets.UTF_8)) {
      input.write("secret\n");
    }
    assertThat(script.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(script.exitValue()).isZero();
  }

  /** Does something on a channel of its own, which the broker closes if it refuses. */
  @FunctionalInterface
  private interface Attempt {
    void on(Channel channel) throws Exception;
  }

  private static void refused(String what, Attempt attempt) throws Exception {
    Channel channel = thief.createChannel();
    assertThatThrownBy(() -> attempt.on(channel))
        .as(what)
        .rootCause()
        .hasMessageContaining("ACCESS_REFUSED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#",
        "*.*.*",
        "n.#",
        "n.main.*",
        "n.main.web1",
        "n.main.web22",
        "q.main.web1",
        "n.other.web2",
        "b.main.prod.deploy",
        "b.main.*.deploy",
        "b.main.#",
        "a.main.prod.web",
        "a.main.staging.web.more",
        "s.other.deploy",
        "s.#"
      })
  void trustT5_aNodeCannotBindToRequestsThatDoNotConcernIt(String key) throws Exception {
    refused(key, channel -> channel.queueBind(QUEUE, "ops.bm.request", key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n.main.web2",
        "q.main.web2",
        "b.main.staging.deploy",
        "b.main._.presence",
        "a.main.staging.web",
        "a.main._.web",
        "s.main.deploy"
      })
  void trustT5_aNodeBindsToRequestsThatConcernIt(String key) throws Exception {
    try (Channel channel = thief.createChannel()) {
      assertThat(channel.queueBind(QUEUE, "ops.bm.request", key)).isNotNull();
    }
  }

  @Test
  void trustT5_aNodeReadsNoRepliesEventsOrOtherQueuesAndWritesNoRequests() throws Exception {
    refused("replies", channel -> channel.queueBind(QUEUE, "ops.bm.reply", "#"));
    refused("events", channel -> channel.queueBind(QUEUE, "ops.bm.event", "#"));
    refused("another inbox", channel -> channel.basicGet("ops.bm.inbox.web1", true));
    refused("the bot's replies", channel -> channel.basicGet("ops.bm.reply.bot-1", true));
    refused("another's queue", channel -> channel.queueDelete("ops.bm.inbox.web1"));
    refused(
        "a queue of its own",
        channel -> channel.queueDeclare("spy", false, false, false, Map.of()));
    refused("a request", channel -> publish(channel, "ops.bm.request", "n.main.web1"));
    refused("a reply as web1", channel -> publish(channel, "ops.bm.reply", "bot-1.r1.web1"));
    refused("an event as web1", channel -> publish(channel, "ops.bm.event", "enroll.web1"));
    refused(
        "presence elsewhere",
        channel -> publish(channel, "ops.bm.event", "presence.prod.web2.join"));
  }

  private static void publish(Channel channel, String exchange, String key) throws Exception {
    channel.confirmSelect();
    channel.basicPublish(exchange, key, null, new byte[] {1});
    channel.waitForConfirmsOrDie(10_000);
  }
}
