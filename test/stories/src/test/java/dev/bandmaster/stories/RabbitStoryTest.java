package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.demo.DemoWorld;
import dev.bandmaster.demo.DemoWorld.Choices;
import dev.bandmaster.testkit.Conversation;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same on RabbitMQ. */
@Tag("real")
class RabbitStoryTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void askingAndDeployingWorkOnRabbit() throws IOException, InterruptedException {
    String uri =
        Optional.ofNullable(System.getenv("BANDMASTER_TEST_AMQP_URI"))
            .orElse("amqp://guest:guest@127.0.0.1:5672");
    try (DemoWorld world = DemoWorld.start(Choices.USUAL.withRateScale(0).withBroker(uri))) {
      assertThat(world.awaitReady(PATIENCE)).as("the demo is ready").isTrue();
      Conversation ann = Conversation.direct(world.slack(), "ann");

      assertThat(ann.say("ping", PATIENCE).orElseThrow().answer()).contains("6 nodes · took");
      assertThat(ann.say("codeupdate staging web version=1.4.2", PATIENCE).orElseThrow().isGood())
          .isTrue();
    }
  }
}
