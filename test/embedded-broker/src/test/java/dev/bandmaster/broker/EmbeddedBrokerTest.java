package dev.bandmaster.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class EmbeddedBrokerTest {
  @Test
  void carriesAMessage() throws Exception {
    try (var broker = EmbeddedBroker.start();
        Connection connection = connect(broker.uri());
        Channel channel = connection.createChannel()) {
      channel.queueDeclare("box", true, false, false, null);
      channel.confirmSelect();
      channel.basicPublish("", "box", true, null, "hello".getBytes(StandardCharsets.UTF_8));
      channel.waitForConfirmsOrDie(10_000);
      GetResponse response = channel.basicGet("box", true);
      assertThat(response).isNotNull();
      assertThat(new String(response.getBody(), StandardCharsets.UTF_8)).isEqualTo("hello");
    }
  }

  @Test
  void twoAtOnceDoNotMeet() {
    try (var one = EmbeddedBroker.start();
        var other = EmbeddedBroker.start()) {
      assertThat(one.port()).isNotEqualTo(other.port());
      assertThat(one.uri()).isNotEqualTo(other.uri());
    }
  }

  @Test
  void restartsUnderTheSameAddress() throws Exception {
    var broker = EmbeddedBroker.start();
    String uri = broker.uri();
    try (var restarted = broker.restart();
        Connection connection = connect(uri)) {
      assertThat(restarted.uri()).isEqualTo(uri);
      assertThat(connection.isOpen()).isTrue();
    }
  }

  @Test
  void letsNobodyInWithoutItsPassword() {
    try (var broker = EmbeddedBroker.start()) {
      assertThatThrownBy(() -> connect("amqp://bandmaster:wrong@127.0.0.1:" + broker.port()))
          .isInstanceOf(PossibleAuthenticationFailureException.class);
    }
  }

  private static Connection connect(String uri) throws Exception {
    var factory = new ConnectionFactory();
    factory.setUri(uri);
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection("test");
  }
}
