package dev.bandmaster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.Target;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.Request;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The suite on RabbitMQ, at {@code BANDMASTER_TEST_AMQP} or the usual place; its connections are
 * cut on the way.
 */
@Tag("real")
final class RabbitBusTest extends BusSuite {
  private static @Nullable CuttableProxy proxy;

  @BeforeAll
  static void startTheProxy() throws Exception {
    proxy =
        new CuttableProxy(
            Optional.ofNullable(System.getenv("BANDMASTER_TEST_AMQP"))
                .orElse("amqp://guest:guest@127.0.0.1:5672"));
  }

  @AfterAll
  static void stopTheProxy() {
    Objects.requireNonNull(proxy).close();
  }

  @Override
  String uri() {
    return Objects.requireNonNull(proxy).uri();
  }

  @Override
  void cutConnections() {
    Objects.requireNonNull(proxy).cut();
  }

  @Test
  void leaseS5_aReplyQueueThatIsDeletedIsDeclaredAgainAndTheConnectionStays() throws Exception {
    node("web1", "staging", "web");
    bot.acquire("replica-2");
    BusState connected = bot.state();
    for (String lease : List.of("replica-1", "replica-2")) {
      Recorder.await("it is taken from", () -> takers(lease) == 1);
      delete(new Names(settings.prefix()).replyQueue(lease));
      Recorder.await("it is taken from again", () -> takers(lease) == 1);
      Request request = answeredAt(lease, "web1");
      bot.publish(request);
      Recorder.await("web1 answers", () -> recorder.finalsOf(request.id()).equals(List.of("web1")));
    }
    assertThat(bot.state()).isEqualTo(connected);
  }

  @Test
  void theNoticeQueueIsDeclaredAgainWhenItIsDeleted() throws Exception {
    TestNode web1 = node("web1", "staging", "web");
    BusState connected = bot.state();
    delete(new Names(settings.prefix()).noticeQueue());
    Recorder.await(
        "the bot connects again",
        () -> bot.state() instanceof BusState.Connected && !bot.state().equals(connected));
    recorder.presence.clear();
    web1.announce(new PresenceEvent.Leave(web1.stamps.next()));
    Recorder.await("events are heard", () -> recorder.presence.size() == 1);
  }

  @Test
  void aNodesQueueThatIsDeletedIsDeclaredAgain() throws Exception {
    TestNode web1 = node("web1", "staging", "web");
    delete(new Names(settings.prefix()).inboxQueue("web1"));
    Recorder.await("web1 joins again", () -> recorder.presence.size() == 2);
    assertThat(web1.bus.state()).isInstanceOf(BusState.Connected.class);
    Request request = request(new Target.Nodes(List.of("web1")), "ping", Delivery.QUEUE);
    assertThat(bot.publish(request)).isEqualTo(new PublishResult.Sent(List.of()));
    Recorder.await("web1 answers", () -> recorder.finalsOf(request.id()).equals(List.of("web1")));
  }

  private void delete(String queue) throws Exception {
    try (Connection connection = connect();
        Channel channel = connection.createChannel()) {
      channel.queueDelete(queue);
    }
  }
}
