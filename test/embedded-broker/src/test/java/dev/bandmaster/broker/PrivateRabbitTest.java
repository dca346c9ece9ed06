package dev.bandmaster.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
final class PrivateRabbitTest {
  @TempDir Path directory;

  @Test
  void whatWasConfirmedIsThereAfterItWasKilled() throws Exception {
    try (PrivateRabbit rabbit = PrivateRabbit.start(directory)) {
      try (Connection connection = connect(rabbit);
          Channel channel = connection.createChannel()) {
        channel.queueDeclare("kept", true, false, false, Map.of());
        channel.confirmSelect();
        channel.basicPublish(
            "",
            "kept",
            MessageProperties.PERSISTENT_BASIC,
            "still here".getBytes(StandardCharsets.UTF_8));
        channel.waitForConfirmsOrDie(10_000);
      }
      // A confirm speaks for the message. That there is a queue is written up to two seconds later.
      rabbit.control("eval", "mnesia:sync_log().");
      rabbit.restart();
      try (Connection connection = connect(rabbit);
          Channel channel = connection.createChannel()) {
        assertThat(new String(channel.basicGet("kept", true).getBody(), StandardCharsets.UTF_8))
            .isEqualTo("still here");
      }
      assertThat(rabbit.control("list_queues", "name")).contains("kept");
    }
  }

  private static Connection connect(PrivateRabbit rabbit) throws Exception {
    var factory = new ConnectionFactory();
    factory.setUri(rabbit.uri());
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection("test");
  }
}
