package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.testing.TestIds;
import dev.bandmaster.slack.SlackIds;
import dev.bandmaster.yaml.BadConfigException;
import dev.bandmaster.yaml.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration is checked against the commands and the chat that the bot really has. */
class ConfigLoaderTest {
  @TempDir private Path folder;

  private Path file(String slack, String more) throws IOException {
    return Files.writeString(
        folder.resolve("bandmaster.yaml"),
        """
        slack: {app_token: xapp-1, bot_token: xoxb-1%s}
        bus: {uri: "amqp://guest:guest@127.0.0.1:1/", keys: keys}
        store: {sqlite: {file: bandmaster.db}}
        policy: policy.yaml
        environments: {staging: {protected: false}}
        %s
        """
            .formatted(slack, more));
  }

  @Test
  void trustT27_aDeadlineOfACommandThatDoesNotExistIsRefused() throws Exception {
    Path file = file("", "jobs: {deadlines: {pign: 5s, locks: 5s}}");
    assertThatThrownBy(() -> ConfigFile.load(file))
        .isInstanceOf(BadConfigException.class)
        .hasMessageContaining("'jobs.deadlines.pign' is not a command that runs jobs")
        .hasMessageContaining("did you mean 'ping'?")
        .hasMessageContaining("'jobs.deadlines.locks' is not a command that runs jobs");
  }

  @Test
  void trustT27_deadlinesAreTakenByNameOrAlias() throws Exception {
    BotConfig config = ConfigFile.load(file("", "jobs: {deadlines: {ping: 7s, deploy: 9m}}"));
    assertThat(config.jobs().deadlines())
        .isEqualTo(Map.of("ping", Duration.ofSeconds(7), "deploy", Duration.ofMinutes(9)));
  }

  @Test
  void houseIds_idsAreCheckedWithThePlatformsSyntax() throws Exception {
    Path file = file(", operators_channel: D0ANN", "alerts: {owner: ann}");
    assertThatThrownBy(() -> ConfigLoader.load(file, StrictYaml.standard(), SlackIds.SYNTAX))
        .isInstanceOf(BadConfigException.class)
        .hasMessage(
            """
            bandmaster.yaml:1: 'slack.operators_channel' must be a channel id such as C…, not 'D0ANN'
            bandmaster.yaml:6: 'alerts.owner' must be a user id such as U…, not 'ann'\
            """);
    Path good = file(", operators_channel: G0OPS", "alerts: {owner: W0ANN}");
    assertThat(
            ConfigLoader.load(good, StrictYaml.standard(), TestIds.SYNTAX).value().alerts().owner())
        .contains("W0ANN");
  }
}
