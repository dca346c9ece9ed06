package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.bot.Bot;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.testkit.BotOnSimulator;
import dev.bandmaster.testkit.Conversation;
import dev.bandmaster.testkit.Conversation.Ending;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bot says when something it needs is not there. */
class OutageStoryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Port 1 is reserved and nothing listens there. */
  private static final String NO_BROKER = "amqp://guest:guest@127.0.0.1:1";

  @TempDir private Path folder;

  @Test
  void withoutABrokerItStartsAndSaysSo() throws InterruptedException {
    try (SlackSimulator slack =
            SlackSimulator.start(
                Workspace.defaults(), SimulatorOptions.defaults().withRateScale(0));
        Bot bot = new BotOnSimulator(slack, NO_BROKER, folder, Map.of()).start(reason -> {})) {
      Conversation ann = Conversation.direct(slack, "ann");

      Ending status = ann.say("status", PATIENCE).orElseThrow();
      assertThat(status.answer()).contains("*bus*", "away since");
      Ending ping = ann.say("ping", PATIENCE).orElseThrow();
      assertThat(ping.isGood()).isFalse();
      assertThat(ping.answer()).contains("No node has been heard of yet");
      assertThat(bot.isReady()).isFalse();
    }
  }

  @Test
  void aTokenThatSlackRefusesIsNamedAndTheBotDoesNotTryForEver() throws Exception {
    CompletableFuture<String> fatal = new CompletableFuture<>();
    try (SlackSimulator slack =
            SlackSimulator.start(
                Workspace.defaults(), SimulatorOptions.defaults().withRateScale(0));
        Bot bot =
            new BotOnSimulator(
                    slack, NO_BROKER, folder, Map.of("SLACK_BOT_TOKEN", "xoxb-not-this-one"))
                .start(fatal::complete)) {
      assertThat(fatal.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .contains("token")
          .doesNotContain("xoxb-not-this-one");
      assertThat(bot.status()).containsKey("Slack");
    }
  }
}
