package dev.bandmaster.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Systemd units, with a program in the place of systemctl that writes down how it was called. */
class UnitsTest {

  @TempDir Path directory;
  private Path systemctl;

  @BeforeEach
  void aSystemctl() throws IOException {
    systemctl = directory.resolve("systemctl");
    Files.writeString(
        systemctl,
        """
        #!/bin/sh
        echo "$#: $*" >> %1$s/calls
        if [ "$2" = show ]; then
          cat %1$s/shown 2>/dev/null || printf 'LoadState=loaded\nActiveState=active\n\
        SubState=running\nActiveEnterTimestamp=Mon 2026-05-04 12:00:00 UTC\n'
          exit 0
        fi
        [ "$2" = reload ] && { echo "Job type reload is not applicable" >&2; exit 1; }
        exit 0
        """
            .formatted(directory));
    assertThat(systemctl.toFile().setExecutable(true)).isTrue();
  }

  private String units(String more) {
    return """
    units:
      nginx:
        unit: nginx.service
        systemctl: [%s, --quiet]
        %s
    """
        .formatted(systemctl, more);
  }

  private static ReportBody.Final ask(AgentFixture agent, String action, FinalCode code) {
    return agent.bus().finalOf(agent.ask("deploy", action, "{\"app\":\"nginx\"}"), code);
  }

  @ParameterizedTest
  @CsvSource({"start,started", "stop,stopped", "restart,restarted"})
  void commandW1_aUnitIsControlledBySystemctlWithAListOfArguments(String verb, String done)
      throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, units(""))) {
      ReportBody.Final end = ask(agent, verb, FinalCode.OK);
      assertThat(end.message()).isEqualTo("nginx " + done + "; nginx.service is active (running).");
      assertThat(directory.resolve("calls"))
          .content()
          .startsWith("3: --quiet " + verb + " nginx.service\n");
    }
  }

  @Test
  void commandW1_whatSystemctlSaysIsShownWhenItFails() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, units(""))) {
      String id = agent.ask("deploy", "reload", "{\"app\":\"nginx\"}");
      assertThat(agent.bus().finalOf(id, FinalCode.FAILED).message())
          .isEqualTo("systemctl reload nginx.service: exit 1.");
      assertThat(agent.bus().outputOf(id)).contains("not applicable");
    }
  }

  @Test
  void commandW1_aUnitThatIsNotHealthyAfterwardsIsAFailure() throws IOException {
    try (AgentFixture agent =
        new AgentFixture(
            directory, units("health: {command: [\"false\"], within: 200ms, every: 50ms}"))) {
      assertThat(ask(agent, "restart", FinalCode.FAILED).message())
          .isEqualTo("nginx restarted. The health check false: exit 1.");
      assertThat(ask(agent, "stop", FinalCode.OK).message()).startsWith("nginx stopped;");
    }
  }

  @Test
  void commandW1_statusSaysTheStateAndSinceWhen() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, units(""))) {
      ReportBody.Final end = ask(agent, "status", FinalCode.OK);
      assertThat(end.message())
          .isEqualTo("nginx.service is active (running) since Mon 2026-05-04 12:00:00 UTC");
      assertThat(end.data().get("running").toString()).contains("true");
      Files.writeString(
          directory.resolve("shown"), "LoadState=loaded\nActiveState=failed\nSubState=failed\n");
      assertThat(ask(agent, "status", FinalCode.FAILED).message())
          .isEqualTo("nginx.service is failed");
      assertThat(ask(agent, "start", FinalCode.FAILED).message())
          .isEqualTo("nginx started; nginx.service is failed.");
      Files.writeString(directory.resolve("shown"), "LoadState=not-found\nActiveState=inactive\n");
      assertThat(ask(agent, "status", FinalCode.FAILED).message())
          .isEqualTo("There is no unit nginx.service on this node.");
    }
  }

  @Test
  void commandW1_aUnitHasNoReleases() throws IOException {
    try (AgentFixture agent = new AgentFixture(directory, units(""))) {
      assertThat(ask(agent, "rollback", FinalCode.FAILED).message())
          .isEqualTo("nginx is a systemd unit on this node and has no releases.");
    }
  }
}
