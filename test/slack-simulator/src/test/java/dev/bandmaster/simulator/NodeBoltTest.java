package dev.bandmaster.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.control.Submission;
import dev.bandmaster.simulator.socket.Delivery;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.simulator.world.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Slack's own Node client, unchanged, in Socket Mode against the simulator. Needs node and npm. */
@Tag("real")
final class NodeBoltTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Longer than the minute until the second retry of an event, for a Node that starts slowly. */
  private static final Duration AFTER_RETRIES = Duration.ofSeconds(90);

  private static final Path SOURCE = Path.of("src/test/node");
  private static final Path PLACE = Path.of("target/node");

  @Test
  void answersMentionsMessagesCommandsClicksAndModals() throws Exception {
    install();
    try (SlackSimulator simulator =
        SlackSimulator.start(Workspace.defaults(), SimulatorOptions.defaults())) {
      Process node = start(simulator);
      try {
        converse(simulator);
      } finally {
        node.destroy();
        assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private static void install() throws IOException, InterruptedException {
    Files.createDirectories(PLACE);
    for (String name : List.of("package.json", "package-lock.json", ".npmrc", "bolt.js")) {
      Files.copy(SOURCE.resolve(name), PLACE.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    Process npm =
        new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
            .directory(PLACE.toFile())
            .redirectErrorStream(true)
            .redirectOutput(PLACE.resolve("npm.log").toFile())
            .start();
    assertThat(npm.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(npm.exitValue()).as("npm ci, see %s", PLACE.resolve("npm.log")).isZero();
  }

  private static Process start(SlackSimulator simulator) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("node", "bolt.js").directory(PLACE.toFile());
    builder.environment().put("SLACK_API_URL", simulator.apiUrl());
    builder.environment().put("SLACK_BOT_TOKEN", simulator.workspace().bot().botToken());
    builder.environment().put("SLACK_APP_TOKEN", simulator.workspace().bot().appToken());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(PLACE.resolve("bolt.log").toFile())
        .start();
  }

  /** An event that is said before Node is connected comes again, so nothing waits for it here. */
  private static void converse(SlackSimulator simulator) {
    simulator.say("ann", "ops", "@bandmaster ping");
    SeenMessage pong =
        simulator
            .await("ops", message -> message.text().equals("pong"), AFTER_RETRIES)
            .orElseThrow();
    assertThat(simulator.click("bob", "ops", pong.ts(), "go"))
        .isInstanceOf(Delivery.Acknowledged.class);
    assertSeen(simulator, "ops", "clicked by U0BOB");
    simulator.say("ann", "@ann", "hello");
    assertSeen(simulator, "@ann", "heard hello");
    assertThat(simulator.slash("ann", "ops", "/bandmaster", "status"))
        .isInstanceOf(Delivery.Acknowledged.class);
    assertSeen(simulator, "ops", "you said status");
    modal(simulator);
  }

  private static void modal(SlackSimulator simulator) {
    assertThat(simulator.slash("ann", "ops", "/bandmaster", "form"))
        .isInstanceOf(Delivery.Acknowledged.class);
    String view = simulator.people().awaitModal("ann", SOON).orElseThrow();
    assertThat(simulator.submit("ann", view, named("nope"))).isInstanceOf(Submission.Errors.class);
    assertThat(simulator.submit("ann", view, named("web"))).isInstanceOf(Submission.Accepted.class);
    assertSeen(simulator, "@ann", "deploying web");
  }

  private static ObjectNode named(String app) {
    var values = Json.object();
    values.putObject("app").put("name", app);
    return values;
  }

  private static void assertSeen(SlackSimulator simulator, String channel, String text) {
    assertThat(simulator.await(channel, message -> message.text().equals(text), SOON)).isPresent();
  }
}
