package dev.bandmaster.config;

import dev.bandmaster.model.Nearest;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Loaded;
import dev.bandmaster.yaml.Section;
import dev.bandmaster.yaml.StrictYaml;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything the bot is told at its start; {@code bandmaster.yaml}.
 *
 * @param replica the name of this process among its replicas
 * @param policy the file that says who may do what
 * @param alerts when a node counts as down, and who is told
 * @param webhooks systems outside that tell the bot what is wrong, by name
 * @param environments by name
 * @param apps by name
 * @param freezes times that come again and again, in which nothing is deployed
 * @param timeZone in which people mean times of day
 * @param expectedNodes nodes that should be there, so that a missing one is named
 */
public record BotConfig(
    String replica,
    SlackConfig slack,
    BusConfig bus,
    StoreConfig store,
    Path policy,
    WebConfig web,
    JobsConfig jobs,
    ApprovalsConfig approvals,
    RetentionConfig retention,
    AlertsConfig alerts,
    Map<String, WebhookConfig> webhooks,
    Map<String, EnvironmentConfig> environments,
    Map<String, AppConfig> apps,
    List<FreezeConfig> freezes,
    List<String> expectedNodes,
    ZoneId timeZone) {
  public BotConfig {
    webhooks = Ordered.copy(webhooks);
    environments = Ordered.copy(environments);
    apps = Ordered.copy(apps);
    freezes = List.copyOf(freezes);
    expectedNodes = List.copyOf(expectedNodes);
  }

  /** The same with other times and places for alerts. */
  public BotConfig alerting(AlertsConfig other) {
    return with(other, webhooks);
  }

  /** The same with other systems outside that tell what is wrong. */
  public BotConfig told(Map<String, WebhookConfig> others) {
    return with(alerts, others);
  }

  private BotConfig with(AlertsConfig otherAlerts, Map<String, WebhookConfig> otherWebhooks) {
    return new BotConfig(
        replica,
        slack,
        bus,
        store,
        policy,
        web,
        jobs,
        approvals,
        retention,
        otherAlerts,
        otherWebhooks,
        environments,
        apps,
        freezes,
        expectedNodes,
        timeZone);
  }

  /**
   * Reads the file.
   *
   * @throws dev.bandmaster.yaml.BadConfigException with every mistake in it
   */
  public static Loaded<BotConfig> load(Path file, StrictYaml yaml) {
    return yaml.load(file, BotConfig::read);
  }

  static BotConfig read(Section section) {
    var config =
        new BotConfig(
            section
                .name("replica", "The name of this process; each replica needs another.")
                .orDefault("bot-1"),
            section.section("slack", SlackConfig::read, "How the bot speaks to Slack.").required(),
            section.section("bus", BusConfig::read, "How the bot reaches the fleet.").required(),
            section
                .section(
                    "store",
                    StoreConfig::read,
                    "Where the bot remembers: exactly one of `sqlite` and `postgresql`.")
                .required(),
            section
                .path("policy", "The file that says who may do what; read again when it changes.")
                .required(),
            section
                .section("web", WebConfig::read, "The bot's own web pages and metrics.")
                .orDefault(WebConfig.STANDARD),
            section
                .section("jobs", JobsConfig::read, "How long the bot waits for the fleet.")
                .orDefault(JobsConfig.STANDARD),
            section
                .section(
                    "approvals",
                    ApprovalsConfig::read,
                    "How long approvals wait. Who has to approve what stands in the policy.")
                .orDefault(ApprovalsConfig.STANDARD),
            section
                .section(
                    "retention",
                    RetentionConfig::read,
                    "How long the store keeps what is over. The audit is kept for ever.")
                .orDefault(RetentionConfig.STANDARD),
            section
                .section(
                    "alerts",
                    AlertsConfig::read,
                    "When a node counts as down, and who is told of it.")
                .orDefault(AlertsConfig.STANDARD),
            section
                .map(
                    "webhooks",
                    Kinds.section(WebhookConfig::read),
                    "Systems outside that tell the bot what is wrong, each under `POST"
                        + " /webhooks/<name>` on the port of `web`.")
                .orDefault(Map.of()),
            section
                .map(
                    "environments",
                    Kinds.section(EnvironmentConfig::read),
                    "The environments that commands may name.")
                .required(),
            section
                .map(
                    "apps",
                    Kinds.section(AppConfig::read),
                    "The apps that `codeupdate` may deploy, and where their releases are.")
                .orDefault(Map.of()),
            section
                .list(
                    "freezes",
                    Kinds.section(FreezeConfig::read),
                    "Times that come again and again, in which nothing is deployed.")
                .orDefault(List.of()),
            section
                .list(
                    "expected_nodes",
                    Kinds.name(),
                    "Nodes that should be there, so that `discover` names a missing one.")
                .orDefault(List.of()),
            section
                .field(
                    "time_zone",
                    Types.zone(),
                    "The time zone in which people mean times of day, such as `Europe/Paris`.")
                .orDefault(ZoneId.of("UTC")));
    config
        .environments()
        .forEach((name, environment) -> config.checkOrder(name, environment, section));
    config.apps().forEach((name, app) -> config.checkEnvs(name, app, section));
    config.checkFreezes(section);
    config.checkWebhooks(section);
    return config;
  }

  private void checkOrder(String name, EnvironmentConfig environment, Section section) {
    environment
        .after()
        .filter(before -> before.equals(name) || !environments.containsKey(before))
        .ifPresent(before ->
            section.refuse(
                "environments",
                "has '%s' come after '%s', which is not another of the environments%s"
                    .formatted(name, before, Nearest.hint(before, environments.keySet()))));
  }

  private void checkFreezes(Section section) {
    Set<String> names = new HashSet<>();
    for (FreezeConfig freeze : freezes) {
      if (!names.add(freeze.name())) {
        section.refuse("freezes", "has two with the name '%s'".formatted(freeze.name()));
      }
      checkKnown(freeze, "environments", freeze.environments(), environments.keySet(), section);
      checkKnown(freeze, "apps", freeze.apps(), apps.keySet(), section);
    }
  }

  /** Whoever knows one secret must not be able to speak for another one. */
  private void checkWebhooks(Section section) {
    Map<String, String> bySecret = new HashMap<>();
    webhooks.forEach((name, webhook) -> {
      String other = bySecret.putIfAbsent(webhook.proof().secret().reveal(), name);
      if (other != null && !section.isDescribing()) {
        section.refuse(
            "webhooks",
            "has the same secret for '%s' and '%s'; give each its own".formatted(other, name));
      }
      webhook
          .environment()
          .filter(environment -> !environments.containsKey(environment))
          .ifPresent(environment ->
              section.refuse(
                  "webhooks",
                  "has '%s' for '%s', which is not among the environments%s"
                      .formatted(
                          name, environment, Nearest.hint(environment, environments.keySet()))));
    });
  }

  private static void checkKnown(
      FreezeConfig freeze,
      String key,
      List<String> named,
      Collection<String> known,
      Section section) {
    for (String name : named) {
      if (!known.contains(name)) {
        section.refuse(
            "freezes",
            "has '%s' for '%s', which is not among the %s%s"
                .formatted(freeze.name(), name, key, Nearest.hint(name, known)));
      }
    }
  }

  private void checkEnvs(String name, AppConfig app, Section section) {
    for (var env : app.envs()) {
      if (!environments.isEmpty() && !environments.containsKey(env)) {
        section.refuse(
            "apps",
            "has the app '%s' in '%s', which is not among the environments%s"
                .formatted(name, env, Nearest.hint(env, environments.keySet())));
      }
    }
  }
}
