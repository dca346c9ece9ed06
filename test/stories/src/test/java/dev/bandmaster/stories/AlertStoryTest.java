package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.config.AlertsConfig;
import dev.bandmaster.simulator.control.SeenMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node falls silent: what the channel sees until it is back. */
class AlertStoryTest {
  private static final String CHANNEL = "#ops";

  /** As shipped, but for how soon everything happens. */
  private static final AlertsConfig SOON =
      AlertsConfig.STANDARD.at(
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(6));

  @TempDir private Path folder;

  private static Optional<SeenMessage> alert(FleetStage stage) {
    return stage.slack().messages(CHANNEL).stream()
        .filter(message -> message.shown().contains("Alert 1,"))
        .findFirst();
  }

  private static void await(FleetStage stage, String what, String words)
      throws InterruptedException {
    FleetStage.await(
        what, () -> alert(stage).filter(message -> message.shown().contains(words)).isPresent());
  }

  @Test
  void alertA2_aNodeFallsSilentIsAcknowledgedComesBackAndTheMessageClosesItself()
      throws IOException, InterruptedException {
    try (FleetStage stage =
        new FleetStage(
            folder,
            "staging",
            config -> config.alerting(SOON),
            fleet -> fleet.withHeartbeats(Duration.ofSeconds(1), Duration.ofSeconds(30)))) {
      String node = stage.fleet().names().getFirst();
      stage.awaitBeats();
      stage.fleet().crash(node::equals, Duration.ofSeconds(15));

      await(stage, "the channel sees that the node is down", "A node is down in staging");
      SeenMessage message = alert(stage).orElseThrow();
      assertThat(message.shown()).contains(node, "last heard at");

      stage.slack().people().openHome("ann", "home");
      FleetStage.await(
          "it is among the open alerts of a home tab",
          () -> stage.slack().interactions().views("ann").toString().contains("down in staging"));

      stage.slack().click("bob", CHANNEL, message.ts(), "alert.ack");
      await(stage, "all see who looks after it", "acknowledged this at");

      await(stage, "all see that it is back", "Resolved: A node is down in staging");
      FleetStage.await(
          "the message has no buttons any more",
          () ->
              stage.slack().thread(CHANNEL, message.ts()).stream()
                  .anyMatch(reply -> reply.shown().contains("All recovered.")));
      assertThat(stage.slack().thread(CHANNEL, message.ts()))
          .extracting(SeenMessage::shown)
          .anyMatch(reply -> reply.contains("acknowledged this"));
      assertThat(
              stage.slack().messages(CHANNEL).stream()
                  .filter(seen -> seen.shown().contains("is down in staging")))
          .as("one message for all of it")
          .hasSize(1);
    }
  }
}
