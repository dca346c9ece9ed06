package dev.bandmaster.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.EnrolledNodes;
import dev.bandmaster.wire.BotCodec;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerFaultsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          530, reply-text=NOT_ALLOWED - vhost /x not found, class-id=10 | the virtual host does not exist, or the user may not use it (vhost /x not found)
          403, reply-text=ACCESS_REFUSED - configure access to exchange 'b.request' in vhost '/' refused for user 'web1', class-id=40 | the user lacks a right (configure access to exchange 'b.request' in vhost '/' refused for user 'web1')
          404, reply-text=NOT_FOUND - no exchange 'b.request' in vhost '/', class-id=60 | start the bot first
          406, reply-text=PRECONDITION_FAILED - inequivalent arg 'type', class-id=40 | something exists in another form
          320, reply-text=CONNECTION_FORCED - broker forced connection closure, class-id=0 | broker forced connection closure
          """)
  void trustT24_theBrokersWordsBecomeASentence(String reply, String sentence) {
    String told =
        BrokerFaults.sentence(
            new IOException(
                new IllegalStateException(
                    "connection error; protocol method: #method<connection.close>(reply-code="
                        + reply
                        + ", method-id=40)")));
    assertThat(told).contains(sentence).doesNotContain("#method", "reply-code");
  }

  @Test
  void trustT24_anAddressThatIsNotEscapedIsASentenceWithoutThePassword() {
    for (String uri :
        List.of("amqp://bot:pa%ss@localhost", "amqp://bot:p a@localhost", "amqp://bot:a<b@x/")) {
      var settings = ConnectionSettings.of(uri, "main", "replica-1");
      Optional<String> problem = BrokerCheck.problem(settings);
      assertThat(problem).contains(BrokerFaults.BAD_ADDRESS);
      try (var bus =
          new AmqpAgentBus(
              settings,
              new BotCodec(List.of(Pings.BOT), new EnrolledNodes()),
              InstantSource.system(),
              new Random(7))) {
        assertThat(bus.state()).isInstanceOf(BusState.Disconnected.class);
      }
    }
  }

  @Test
  void trustT24_aBrokerThatIsAwayIsNamedWithWhatTheSystemSays() {
    assertThat(BrokerCheck.problem(ConnectionSettings.of("amqp://127.0.0.1:1", "main", "r")))
        .hasValueSatisfying(problem ->
            assertThat(problem)
                .contains("127.0.0.1:1 does not let the bot in", "refused")
                .doesNotContain("ConnectException"));
  }
}
