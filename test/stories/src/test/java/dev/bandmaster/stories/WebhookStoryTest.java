package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.simulator.control.SeenMessage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script tells that something is wrong: what the channel sees until it is well again. */
class WebhookStoryTest {
  @TempDir private Path folder;

  private static String eip(String more) {
    return "{\"dedupe_key\":\"eip:cluster-7\",\"rule\":\"no_free_eip\",\"labels\":{\"env\":\"prod\"}%s}"
        .formatted(more);
  }

  @Test
  void alertA9_aScriptReportsSomebodyAcknowledgesAndTheMessageClosesItself()
      throws IOException, InterruptedException {
    try (WebhookStage stage = new WebhookStage(folder)) {
      assertThat(
              stage
                  .post(
                      "scripts",
                      eip(
                          ",\"severity\":\"critical\",\"summary\":\"no free EIP <!channel> <@U0BOB>\""))
                  .body())
          .contains("\"taken\"");
      SeenMessage message =
          stage.awaitAlert("the channel sees it", "No free eip in prod", "no free EIP");
      assertThat(message.actionIds()).contains("alert.ack", "menu", "alert.details");
      assertThat(message.json().toString())
          .as("what a stranger writes calls nobody")
          .contains("&lt;!channel&gt; &lt;@U0BOB&gt;")
          .doesNotContain("<!channel>")
          .doesNotContain("<@U0BOB>");

      stage.slack().click("bob", WebhookStage.CHANNEL, message.ts(), "alert.ack");
      stage.awaitAlert("all see who looks after it", "No free eip", "acknowledged this at");

      stage.post("scripts", eip(",\"status\":\"resolved\""));
      stage.awaitAlert("all see that it is over", "Resolved: No free eip in prod");
      assertThat(stage.alerts("o free eip")).as("one message for all of it").hasSize(1);

      assertThat(stage.post("scripts", "{}").statusCode()).isEqualTo(400);
      String deliveries =
          "bandmaster_webhook_deliveries_total\\{.*outcome=\"%s\",source=\"%s\"} %s";
      assertThat(stage.figures())
          .containsPattern(deliveries.formatted("taken", "scripts", "2.0"))
          .containsPattern(deliveries.formatted("refused", "scripts", "1.0"))
          .containsPattern(deliveries.formatted("taken", "serf", "0.0"));
    }
  }
}
