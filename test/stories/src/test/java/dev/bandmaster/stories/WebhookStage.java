package dev.bandmaster.stories;

import dev.bandmaster.app.Bot;
import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.config.AlertsConfig;
import dev.bandmaster.config.WebhookConfig;
import dev.bandmaster.model.PrivateFiles;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.testkit.BotOnSimulator;
import dev.bandmaster.testkit.ShippedFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Slack, a broker, and a bot with the webhooks of the how-to page. */
final class WebhookStage implements AutoCloseable {
  static final String CHANNEL = "#ops";

  /** As shipped, but for how soon everything happens. */
  private static final AlertsConfig SOON =
      AlertsConfig.STANDARD.at(
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));

  private final Path folder;
  private final SlackSimulator slack =
      SlackSimulator.start(Workspace.defaults(), SimulatorOptions.defaults().withRateScale(0));
  private final EmbeddedBroker broker = EmbeddedBroker.start();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Bot bot;

  WebhookStage(Path folder) throws IOException {
    this.folder = folder;
    for (String source : List.of("prometheus", "serf", "scripts", "cloud")) {
      Files.writeString(PrivateFiles.file(secretFile(source)), secret(source) + "\n");
    }
    Path yaml = folder.resolve("bandmaster.yaml");
    String snippet =
        HowTo.block("webhooks.md", "# bandmaster.yaml", "/etc/bandmaster/", folder + "/");
    Files.writeString(
        yaml,
        Files.readString(ShippedFiles.config("bandmaster.yaml"))
            + snippet.substring(snippet.indexOf("webhooks:")));
    BotOnSimulator prepared =
        new BotOnSimulator(
            slack,
            broker.uri(),
            folder.resolve("bot"),
            Map.of("BANDMASTER_POLICY", ShippedFiles.config("policy.yaml").toString()));
    Map<String, WebhookConfig> webhooks = prepared.config(yaml).webhooks();
    bot =
        prepared.start(
            config -> config.alerting(SOON).withWebhooks(webhooks),
            reason -> {
              throw new IllegalStateException(reason);
            });
  }

  /** The file with a source's secret. */
  Path secretFile(String source) {
    return folder.resolve("webhook-" + source);
  }

  static String secret(String source) {
    return "secret-of-" + source + "-0123456789abcdef";
  }

  /** Where a source posts to. */
  String address(String source) {
    return "http://127.0.0.1:%d/webhooks/%s".formatted(bot.webPort(), source);
  }

  /** What is on the page of figures. */
  String figures() throws IOException, InterruptedException {
    URI page = URI.create("http://127.0.0.1:%d/metrics".formatted(bot.webPort()));
    return client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
  }

  HttpResponse<String> post(String source, String body) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address(source)))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + secret(source))
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  SlackSimulator slack() {
    return slack;
  }

  /** The messages of alerts in the channel in which all of these words stand. */
  List<SeenMessage> alerts(String... words) {
    return slack.messages(CHANNEL).stream()
        .filter(message -> message.shown().contains("Alert "))
        .filter(message -> List.of(words).stream().allMatch(message.shown()::contains))
        .toList();
  }

  SeenMessage awaitAlert(String what, String... words) throws InterruptedException {
    return FleetStage.awaitMessage(
        what, this::alerts, message -> List.of(words).stream().allMatch(message.shown()::contains));
  }

  @Override
  public void close() {
    bot.close();
    client.close();
    broker.close();
    slack.close();
  }
}
