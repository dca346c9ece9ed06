package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.hostile.HostileClients;
import dev.bandmaster.testkit.Conversation;
import dev.bandmaster.testkit.Conversation.Ending;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Strangers hold 1,000 connections to the bot's port, and as many to Slack's. */
@Timeout(600)
class HostileClientsStoryTest {
  @TempDir private Path folder;

  @Test
  void trustT17_pingIsAnsweredWhileAThousandHostileConnectionsAreOpen()
      throws IOException, InterruptedException {
    try (FleetStage stage = new FleetStage(folder);
        HostileClients atTheBot =
            HostileClients.open(stage.webPort(), 1_000, HostileClients.Kind.values());
        HostileClients atSlack =
            HostileClients.open(stage.slack().port(), 1_000, HostileClients.Kind.values())) {
      for (int i = 0; i < 5; i++) {
        atTheBot.goOn();
        atSlack.goOn();
        Ending ending =
            Conversation.direct(stage.slack(), "ann")
                .say("ping", FleetStage.PATIENCE)
                .orElseThrow();
        assertThat(ending.isGood()).as("round %d", i).isTrue();
        assertThat(ending.answer()).as("round %d", i).contains("4 nodes · took");
      }
      assertThat(atTheBot.ended()).as("connections that made room").isPositive();
    }
  }
}
