package dev.bandmaster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.bandmaster.yaml.Environment;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Limits;
import dev.bandmaster.yaml.Section;
import dev.bandmaster.yaml.StrictYaml;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The files an operator copies are read as they stand, with only the secrets set. */
class ShippedFilesTest {
  private static final Path SHIPPED = Path.of("..");

  private static StrictYaml with(Map<String, String> variables) {
    return new StrictYaml(Limits.STANDARD, Environment.of(variables));
  }

  private static final Map<String, String> SECRETS =
      Map.of(
          "SLACK_APP_TOKEN", "xapp-1",
          "SLACK_BOT_TOKEN", "xoxb-1",
          "BANDMASTER_BROKER", "amqp://guest:guest@127.0.0.1:5672/");

  @Test
  void theBotsFile() {
    var loaded = BotConfig.load(SHIPPED.resolve("bandmaster.yaml"), with(SECRETS), TestNames.ALL);
    var config = loaded.value();
    assertThat(loaded.warnings()).isEmpty();
    assertThat(config.slack().botToken().reveal()).isEqualTo("xoxb-1");
    assertThat(config.slack().apiUrl()).hasToString("https://slack.com/api/");
    assertThat(config.policy())
        .isEqualTo(SHIPPED.resolve("policy.yaml").toAbsolutePath().normalize());
    assertThat(config.store())
        .isEqualTo(
            new StoreConfig.Sqlite(
                Path.of("..", "..", "data", "bandmaster.db").toAbsolutePath().normalize()));
    assertThat(config.environments()).containsOnlyKeys("staging", "prod");
    assertThat(config.apps()).containsOnlyKeys("web", "api", "db");
    assertThat(config.jobs().deadlines()).containsOnly(entry("adhoc", Duration.ofSeconds(45)));
    assertThat(config.jobs().deadline()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.toString()).doesNotContain("xoxb-1", "xapp-1", "guest");
  }

  @Test
  void theAgentsFile() {
    var config = AgentConfig.load(SHIPPED.resolve("agent.yaml"), with(SECRETS)).value();
    assertThat(config.node()).isEqualTo("web1");
    assertThat(config.apps()).containsOnlyKeys("web");
    assertThat(config.limits()).isEqualTo(AgentLimits.STANDARD);
    assertThat(config.adhoc().modules()).containsEntry("uptime", List.of("uptime"));
    assertThat(config.policy())
        .anyMatch(
            rule -> rule.covers(List.of("slack:T0BAND:U0ANN"), "deploy.deploy", "web", "staging"))
        .noneMatch(
            rule -> rule.covers(List.of("slack:T0BAND:U0ANN"), "deploy.deploy", "web", "prod"));
    assertThat(config.toString()).doesNotContain("guest");
  }

  @Test
  void oneAgentFileServesManyNodes() {
    var variables = new HashMap<>(SECRETS);
    variables.putAll(
        Map.of(
            "BANDMASTER_NODE",
            "db1",
            "BANDMASTER_ENV",
            "prod",
            "BANDMASTER_APP",
            "db",
            "BANDMASTER_APPS",
            "/tmp/x"));
    var config = AgentConfig.load(SHIPPED.resolve("agent.yaml"), with(variables)).value();
    assertThat(config.node()).isEqualTo("db1");
    assertThat(config.env()).isEqualTo("prod");
    assertThat(Optional.ofNullable(config.apps().get("db")).map(AppDefinition::directory))
        .contains(Path.of("/tmp/x/db"));
  }

  @Test
  void allowedCommandsCheckEveryArgument() {
    var uname =
        AgentConfig.load(SHIPPED.resolve("agent.yaml"), with(SECRETS))
            .value()
            .adhoc()
            .commands()
            .getLast();
    assertThat(uname.allows("uname", List.of("-a"))).isTrue();
    assertThat(uname.allows("uname", List.of())).isTrue();
    assertThat(uname.allows("uname", List.of("-a", "; rm -rf /"))).isFalse();
    assertThat(uname.allows("sh", List.of("-a"))).isFalse();
  }

  private record Manifest(
      List<String> scopes, List<String> events, String command, boolean socket) {
    static Manifest read(Section section) {
      var known = "Slack's own.";
      section
          .section(
              "display_information",
              about ->
                  List.of(
                      about.text("name", known).required(),
                      about.text("description", known).required(),
                      about.text("background_color", known).required()),
              known)
          .required();
      var command = section.section("features", Manifest::features, known).required();
      var scopes =
          section
              .section(
                  "oauth_config",
                  oauth ->
                      oauth
                          .section(
                              "scopes",
                              scope -> scope.list("bot", Kinds.text(), known).required(),
                              known)
                          .required(),
                  known)
              .required();
      var settings = section.section("settings", Settings::read, known).required();
      return new Manifest(scopes, settings.events(), command, settings.socket());
    }

    private static String features(Section section) {
      var known = "Slack's own.";
      section
          .section(
              "app_home",
              home ->
                  List.of(
                      home.trueOrFalse("home_tab_enabled", known).required(),
                      home.trueOrFalse("messages_tab_enabled", known).required(),
                      home.trueOrFalse("messages_tab_read_only_enabled", known)
                          .where(readOnly -> !readOnly, "must be false")
                          .required()),
              known)
          .required();
      section
          .section(
              "bot_user",
              bot ->
                  bot.text("display_name", known).required()
                      + bot.trueOrFalse("always_online", known).required(),
              known)
          .required();
      return section
          .list(
              "slash_commands",
              Kinds.section(slash -> {
                slash.text("description", known).required();
                slash.text("usage_hint", known).required();
                slash.trueOrFalse("should_escape", known).required();
                return slash.text("command", known).required();
              }),
              known)
          .required()
          .getFirst();
    }
  }

  private record Settings(List<String> events, boolean socket) {
    static Settings read(Section section) {
      var known = "Slack's own.";
      section
          .section(
              "interactivity",
              inner ->
                  inner.trueOrFalse("is_enabled", known).where(on -> on, "must be true").required(),
              known)
          .required();
      section.trueOrFalse("org_deploy_enabled", known).required();
      section
          .trueOrFalse("token_rotation_enabled", known)
          .where(on -> !on, "must be false")
          .required();
      return new Settings(
          section
              .section(
                  "event_subscriptions",
                  inner -> inner.list("bot_events", Kinds.text(), known).required(),
                  known)
              .required(),
          section.trueOrFalse("socket_mode_enabled", known).required());
    }
  }

  @Test
  void theAppManifest() {
    var manifest =
        with(Map.of()).load(SHIPPED.resolve("slack-manifest.yaml"), Manifest::read).value();
    assertThat(manifest.socket()).isTrue();
    assertThat(manifest.command()).isEqualTo("/bandmaster");
    assertThat(manifest.events())
        .contains("app_mention", "message.im")
        .doesNotContain("message.channels")
        .doesNotHaveDuplicates();
    assertThat(manifest.scopes())
        .contains("chat:write", "users:read", "usergroups:read", "commands")
        .doesNotHaveDuplicates();
  }
}
