package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.app.Bot;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.testkit.BotOnSimulator;
import dev.bandmaster.testkit.Conversation;
import dev.bandmaster.testkit.Conversation.Ending;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bot says when something it needs is not there. */
class OutageStoryTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

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
      assertThat(status.answer()).contains("*bus*", "disconnected since");
      Ending ping = ann.say("ping", PATIENCE).orElseThrow();
      assertThat(ping.isGood()).isFalse();
      assertThat(ping.answer()).contains("No nodes are known yet");
      assertThat(bot.isReady()).isFalse();
    }
  }

  @Test
  void thePageForMachinesSaysWhichPartIsAwayAndWhatWasDone() throws Exception {
    try (SlackSimulator slack =
            SlackSimulator.start(
                Workspace.defaults(), SimulatorOptions.defaults().withRateScale(0));
        Bot bot = new BotOnSimulator(slack, NO_BROKER, folder, Map.of()).start(reason -> {});
        HttpClient browser = HttpClient.newHttpClient()) {
      assertThat(Conversation.direct(slack, "ann").say("whoami", PATIENCE)).isPresent();

      HttpResponse<String> ready = page(browser, bot, "/health/ready");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body())
          .contains("\"slack\":{\"state\":\"up\"")
          .contains("\"store\":{\"state\":\"up\"")
          .contains("\"bus\":{\"state\":\"down\"");
      assertThat(page(browser, bot, "/health/live").statusCode()).isEqualTo(200);
      assertThat(page(browser, bot, "/metrics").body())
          .containsPattern("bandmaster_inbox_received_total [1-9]")
          .containsPattern("bandmaster_slack_acknowledgement_seconds_count [1-9]")
          .contains("bandmaster_outbox_sent_total{kind=\"post\"} 1.0")
          .contains("bandmaster_slack_sockets 1.0")
          .contains("bandmaster_jobs_running 0.0");
    }
  }

  private static HttpResponse<String> page(HttpClient browser, Bot bot, String path)
      throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + bot.webPort() + path);
    return browser.send(
        HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
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
