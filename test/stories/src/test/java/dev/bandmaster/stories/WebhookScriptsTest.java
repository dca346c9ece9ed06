package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.testkit.ShippedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts of the how-to page, run as they stand there. */
@Tag("real")
class WebhookScriptsTest {
  @TempDir private Path folder;

  @Test
  void alertA9_curlAndPythonReportWhatIsWrong() throws IOException, InterruptedException {
    try (WebhookStage stage = new WebhookStage(folder)) {
      Path header = folder.resolve("webhook-header");
      Files.writeString(header, "Authorization: Bearer " + WebhookStage.secret("scripts") + "\n");
      Path curl = folder.resolve("curl.sh");
      Files.writeString(
          curl,
          HowTo.block(
              "webhooks.md",
              "# curl",
              "/etc/bandmaster/webhook-header",
              header.toString(),
              "http://bot1.example.com:8088/webhooks/scripts",
              stage.address("scripts")));
      assertThat(OutsideProgram.run(folder, "curl", Map.of(), List.of("sh", curl.toString())))
          .contains("\"taken\"");
      stage.awaitAlert("curl has told it", "No free eip in prod", "cluster-7");

      Path sign = folder.resolve("sign.py");
      Files.writeString(sign, HowTo.block("webhooks.md", "# sign.py"));
      Path body = folder.resolve("body.json");
      Files.writeString(
          body,
          "{\"dedupe_key\":\"k\",\"summary\":\"the cloud is grey\",\"severity\":\"critical\"}");
      assertThat(
              OutsideProgram.run(
                  folder,
                  "sign",
                  Map.of(),
                  List.of(
                      "sh",
                      "-c",
                      "exec python3 \"$@\" < body.json",
                      "sign",
                      sign.toString(),
                      stage.address("cloud"),
                      stage.secretFile("cloud").toString())))
          .contains("\"taken\"");
      stage.awaitAlert("Python has told it", "the cloud is grey");
    }
  }

  @ParameterizedTest
  @CsvSource({"user, 1, must hold one word", "query, 0, ''", "'', 0, ''"})
  void serfsHandlerTakesNothingForATokenThatIsNone(String event, int exit, String said)
      throws IOException, InterruptedException {
    Path token = folder.resolve("token");
    Files.writeString(token, "secret\"\nurl = \"http://127.0.0.1:1/elsewhere\n");
    ProcessBuilder handler =
        new ProcessBuilder("sh", ShippedFiles.config("bandmaster-serf-handler.sh").toString())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile());
    handler.environment().put("SERF_EVENT", event);
    handler.environment().put("BANDMASTER_WEBHOOK_TOKEN_FILE", token.toString());
    Process process = handler.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(exit);
    assertThat(printed).contains(said).doesNotContain("secret").doesNotContain("elsewhere");
  }
}
