package dev.bandmaster.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.yaml.Environment;
import dev.bandmaster.yaml.Limits;
import dev.bandmaster.yaml.StrictYaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every key in the migration table works under its old name, with a warning. */
class RenamedKeysTest {
  private static final String OLD =
      """
      slack: {app_token: xapp-1, bot_token: xoxb-1, owner_channel: C0OPS}
      bus: {uri: "amqp://guest:guest@localhost/", keys: keys}
      store: {sqlite: {file: bandmaster.db}}
      policy: policy.yaml
      environments: {staging: {protected: false}}
      jobs: {redraw: 3s}
      alerts: {gather: 11s, remind: 2h, linger: 21s, acknowledged: 5h, quiet: 41m}
      webhooks: {scripts: {kind: plain, token: 0123456789abcdef, quiet: 7m}}
      """;

  private static final Path MIGRATION = Path.of("../../docs/reference/migration.md");

  @Test
  void houseNames_oldConfigurationKeysAreAcceptedWithAWarning(@TempDir Path folder)
      throws Exception {
    var file = Files.writeString(folder.resolve("bandmaster.yaml"), OLD);
    var loaded =
        BotConfig.load(
            file, new StrictYaml(Limits.STANDARD, Environment.of(Map.of())), TestNames.ALL);
    var config = loaded.value();
    assertThat(config.slack().ownerChannel()).contains("C0OPS");
    assertThat(config.jobs().redraw()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.alerts().gather()).isEqualTo(Duration.ofSeconds(11));
    assertThat(config.alerts().remind()).isEqualTo(Duration.ofHours(2));
    assertThat(config.alerts().linger()).isEqualTo(Duration.ofSeconds(21));
    assertThat(config.alerts().acknowledged()).isEqualTo(Duration.ofHours(5));
    assertThat(config.alerts().quiet()).isEqualTo(Duration.ofMinutes(41));
    assertThat(config.webhooks().values())
        .singleElement()
        .satisfies(scripts -> assertThat(scripts.quiet()).contains(Duration.ofMinutes(7)));
    assertThat(loaded.warnings())
        .hasSize(8)
        .allMatch(it -> it.toString().contains("is now called"));
  }

  @Test
  void houseNames_aKeyThatIsNotUsedAnyMoreIsAcceptedWithAWarning(@TempDir Path folder)
      throws Exception {
    var file =
        Files.writeString(
            folder.resolve("bandmaster.yaml"),
            OLD.replace("owner_channel: C0OPS}", "command: /deploybot}")
                .replaceAll("(?m)^(jobs|alerts|webhooks):.*\\R", ""));
    var loaded =
        BotConfig.load(
            file, new StrictYaml(Limits.STANDARD, Environment.of(Map.of())), TestNames.ALL);
    assertThat(loaded.warnings())
        .singleElement()
        .hasToString(
            "bandmaster.yaml:1: 'slack.command' is not used, since the bot takes every slash"
                + " command of its app; remove it, the next release will reject it");
  }

  @Test
  void houseNames_theMigrationTableListsEveryRenamedKey() throws Exception {
    assertThat(MIGRATION)
        .content()
        .contains(
            "`slack.command`",
            "`slack.owner_channel`",
            "`jobs.redraw`",
            "`alerts.gather`",
            "`alerts.remind`",
            "`alerts.linger`",
            "`alerts.acknowledged`",
            "`alerts.quiet`",
            "`webhooks.<name>.quiet`");
  }
}
