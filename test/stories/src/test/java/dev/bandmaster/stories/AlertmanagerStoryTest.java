package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Alertmanager, with the configuration of the how-to page. */
@Tag("real")
class AlertmanagerStoryTest {
  @TempDir private Path folder;

  private OutsideProgram start(WebhookStage stage, int port) throws IOException {
    Path config = folder.resolve("alertmanager.yml");
    Files.writeString(
        config,
        HowTo.block(
            "webhooks.md",
            "# alertmanager.yml",
            "http://bot1.example.com:8088/webhooks/prometheus",
            stage.address("prometheus"),
            "/etc/prometheus/bandmaster-token",
            stage.secretFile("prometheus").toString(),
            "group_wait: 10s",
            "group_wait: 100ms",
            "group_interval: 1m",
            "group_interval: 1s",
            "repeat_interval: 4h",
            "repeat_interval: 1s"));
    return new OutsideProgram(
        folder,
        "alertmanager",
        Map.of(),
        List.of(
            "prometheus-alertmanager",
            "--config.file=" + config,
            "--storage.path=" + folder.resolve("alertmanager"),
            "--web.listen-address=127.0.0.1:" + port,
            "--cluster.listen-address="));
  }

  private void amtool(int port, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("amtool", "--alertmanager.url"));
    command.add("http://127.0.0.1:" + port);
    command.addAll(List.of(arguments));
    OutsideProgram.run(folder, "amtool", Map.of("HOME", folder.toString()), command);
  }

  private void add(int port, String instance, Duration end)
      throws IOException, InterruptedException {
    amtool(
        port,
        "alert",
        "add",
        "DiskFull",
        "env=prod",
        "severity=critical",
        "instance=" + instance,
        "--annotation=summary=91 % of /var is used on " + instance + " <!channel>",
        "--end=" + Instant.now().plus(end));
  }

  @Test
  void alertA9_whatFiresInTheRealAlertmanagerIsOneMessageUntilAllIsResolved()
      throws IOException, InterruptedException {
    int port = OutsideProgram.freePort();
    try (WebhookStage stage = new WebhookStage(folder);
        OutsideProgram alertmanager = start(stage, port)) {
      FleetStage.await(
          "Alertmanager is ready",
          () -> {
            assertThat(alertmanager.isAlive())
                .as(folder.resolve("alertmanager.log").toString())
                .isTrue();
            return listens(port);
          });
      add(port, "db1:9100", Duration.ofHours(1));
      stage.awaitAlert("db1 is full", "DiskFull in prod", "db1", "91 % of /var");
      add(port, "db2:9100", Duration.ofHours(1));
      stage.awaitAlert("so is db2", "DiskFull (2) in prod", "db1", "db2");
      FleetStage.await("Alertmanager repeats itself", () -> taken(stage) >= 4);

      add(port, "db1:9100", Duration.ofSeconds(-1));
      stage.awaitAlert("db1 recovered", "DiskFull in prod", "recovered at");
      add(port, "db2:9100", Duration.ofSeconds(-1));
      stage.awaitAlert("all is well", "Resolved: DiskFull (2) in prod");

      assertThat(stage.alerts("DiskFull")).as("one message for all of it").hasSize(1);
      assertThat(stage.alerts("DiskFull").getFirst().json().toString())
          .doesNotContain("<!channel>");
      assertThat(stage.figures()).contains("outcome=\"refused\",source=\"prometheus\"} 0.0");
    }
  }

  private static long taken(WebhookStage stage) {
    try {
      return stage
          .figures()
          .lines()
          .filter(line -> line.contains("outcome=\"taken\",source=\"prometheus\""))
          .map(line -> (long) Double.parseDouble(line.substring(line.indexOf('}') + 1)))
          .findFirst()
          .orElse(0L);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean listens(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
