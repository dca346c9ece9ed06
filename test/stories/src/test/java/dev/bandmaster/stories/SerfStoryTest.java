package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.testkit.ShippedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real Serf agents, with the handler that is shipped and the settings of the how-to page. */
@Tag("real")
class SerfStoryTest {
  private static final String HANDLER = "/usr/local/bin/bandmaster-serf-handler.sh";

  @TempDir private Path folder;

  /** An agent on the loopback, on ports of its own. */
  private record Agent(String name, int port, int rpc) {
    static Agent of(String name) throws IOException {
      return new Agent(name, OutsideProgram.freePort(), OutsideProgram.freePort());
    }

    String address() {
      return "127.0.0.1:" + port;
    }

    List<String> serf(String command, String... arguments) {
      List<String> line = new ArrayList<>(List.of("serf", command, "-rpc-addr=127.0.0.1:" + rpc));
      line.addAll(List.of(arguments));
      return line;
    }
  }

  private OutsideProgram start(
      Agent agent, String log, Map<String, String> environment, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("-node=" + agent.name(), "-bind=" + agent.address()));
    arguments.addAll(List.of(more));
    return new OutsideProgram(
        folder, log, environment, agent.serf("agent", arguments.toArray(String[]::new)));
  }

  private Map<String, String> surroundings(WebhookStage stage) {
    return Map.of(
        "BANDMASTER_WEBHOOK_URL",
        stage.address("serf"),
        "BANDMASTER_WEBHOOK_TOKEN_FILE",
        stage.secretFile("serf").toString());
  }

  @Test
  void alertA9_aMemberOfARealSerfIsKilledAndComesBack() throws IOException, InterruptedException {
    Path settings = folder.resolve("serf.json");
    Files.writeString(
        settings,
        HowTo.block(
            "webhooks.md",
            "{\n  \"event_handlers\"",
            HANDLER,
            ShippedFiles.config("bandmaster-serf-handler.sh").toString()));
    Agent watcher = Agent.of("watch1");
    Agent web = Agent.of("web2");
    String[] tags = {"-tag", "env=prod", "-tag", "note=\"$(touch pwned)`id`;<!channel>"};
    try (WebhookStage stage = new WebhookStage(folder);
        OutsideProgram watching =
            start(watcher, "watch1", surroundings(stage), "-config-file=" + settings)) {
      String[] joining = {
        tags[0], tags[1], tags[2], tags[3], "-retry-join=" + watcher.address(), "-retry-interval=1s"
      };
      try (OutsideProgram killed = start(web, "web2", Map.of(), joining)) {
        FleetStage.await("web2 has joined", () -> says(watching, "EventMemberJoin: web2"));
        killed.kill();
      }
      stage.awaitAlert(
          "it is missed", "A Serf member does not answer in prod", "web2", "127.0.0.1");
      try (OutsideProgram back = start(web, "web2-again", Map.of(), joining)) {
        stage.awaitAlert("it is back", "Resolved: A Serf member does not answer in prod");
        assertThat(back.isAlive()).isTrue();

        OutsideProgram.run(
            folder,
            "event",
            Map.of(),
            web.serf("event", "backup-failed", "no \"space\" $(touch pwned) <!channel>"));
        assertThat(stage.awaitAlert("what somebody tells all", "Backup failed", "$(touch pwned)"))
            .returns(false, message -> message.json().toString().contains("<!channel>"));
      }
      assertThat(folder.resolve("pwned")).as("nothing of it is a command").doesNotExist();
      assertThat(stage.alerts("Serf member")).as("one message for all of it").hasSize(1);
      assertThat(stage.figures()).contains("outcome=\"refused\",source=\"serf\"} 0.0");
    }
  }

  private static boolean says(OutsideProgram program, String words) {
    try {
      return program.log().contains(words);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
