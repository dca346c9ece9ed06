package dev.bandmaster.config;

import dev.bandmaster.model.AliasRules;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The bot's configuration; {@code bandmaster.yaml}.
 *
 * @param replica the name of this process among its replicas
 * @param policy the file that says who may do what
 * @param api the API for programs and the command line; without it there is none
 * @param addresses pools of addresses for machines; without them there are none
 * @param alerts when a node counts as down, and who is notified
 * @param webhooks external systems that send alerts, by name
 * @param environments by name
 * @param apps by name
 * @param freezes times in which nothing is deployed
 * @param timeZone in which people mean times of day
 * @param plugins commands that others have written
 * @param runbooks procedures of several commands
 * @param oncall how teams say who is on call, by name
 * @param expectedNodes nodes that should be there, so that a missing one is named
 * @param aliases what words stand for when people type them, each for one command
 */
public record BotConfig(
    String replica,
    SlackConfig slack,
    BusConfig bus,
    StoreConfig store,
    Path policy,
    WebConfig web,
    Optional<ApiConfig> api,
    Optional<AddressesConfig> addresses,
    MetricsConfig metrics,
    JobsConfig jobs,
    ApprovalsConfig approvals,
    RetentionConfig retention,
    AlertsConfig alerts,
    Map<String, WebhookConfig> webhooks,
    Map<String, EnvironmentConfig> environments,
    Map<String, AppConfig> apps,
    FreezesConfig freezes,
    List<String> expectedNodes,
    ZoneId timeZone,
    PluginsConfig plugins,
    Map<String, String> aliases,
    RunbooksConfig runbooks,
    Map<String, OnCallConfig> oncall) {
  public BotConfig {
    aliases = Ordered.copy(aliases);
    webhooks = Ordered.copy(webhooks);
    environments = Ordered.copy(environments);
    apps = Ordered.copy(apps);
    expectedNodes = List.copyOf(expectedNodes);
    oncall = Ordered.copy(oncall);
  }

  /** The same with other times and places for alerts. */
  public BotConfig alerting(AlertsConfig other) {
    return with(api, approvals, other, webhooks, plugins, runbooks, oncall);
  }

  /** The same with other webhooks. */
  public BotConfig withWebhooks(Map<String, WebhookConfig> others) {
    return with(api, approvals, alerts, others, plugins, runbooks, oncall);
  }

  /** The same with other plugins. */
  public BotConfig withPlugins(PluginsConfig others) {
    return with(api, approvals, alerts, webhooks, others, runbooks, oncall);
  }

  /** The same with another API. */
  public BotConfig withApi(ApiConfig other) {
    return with(Optional.of(other), approvals, alerts, webhooks, plugins, runbooks, oncall);
  }

  /** The same with other runbooks. */
  public BotConfig withRunbooks(RunbooksConfig others) {
    return with(api, approvals, alerts, webhooks, plugins, others, oncall);
  }

  /** The same with other teams, and who is mentioned below requests for approval. */
  public BotConfig withOnCall(Map<String, OnCallConfig> teams, String mention) {
    return with(api, approvals.mentioning(mention), alerts, webhooks, plugins, runbooks, teams);
  }

  private BotConfig with(
      Optional<ApiConfig> otherApi,
      ApprovalsConfig otherApprovals,
      AlertsConfig otherAlerts,
      Map<String, WebhookConfig> otherWebhooks,
      PluginsConfig otherPlugins,
      RunbooksConfig otherRunbooks,
      Map<String, OnCallConfig> otherTeams) {
    return new BotConfig(
        replica,
        slack,
        bus,
        store,
        policy,
        web,
        otherApi,
        addresses,
        metrics,
        jobs,
        otherApprovals,
        retention,
        otherAlerts,
        otherWebhooks,
        environments,
        apps,
        freezes,
        expectedNodes,
        timeZone,
        otherPlugins,
        aliases,
        otherRunbooks,
        otherTeams);
  }

  /**
   * Reads the file.
   *
   * @param known what the file may name that is defined elsewhere
   * @throws dev.bandmaster.yaml.BadConfigException with every mistake in it
   */
  public static Loaded<BotConfig> load(Path file, StrictYaml yaml, KnownNames known) {
    return yaml.load(file, section -> read(section, known));
  }

  static BotConfig read(Section section, KnownNames known) {
    ChatIds ids = known.ids();
    var config =
        new BotConfig(
            section
                .name("replica", "The name of this replica, unique among all replicas.")
                .orDefault("bot-1"),
            section
                .section("slack", slack -> SlackConfig.read(slack, ids), "Connection to Slack.")
                .required(),
            section.section("bus", BusConfig::read, "Connection to the fleet.").required(),
            section
                .section(
                    "store",
                    StoreConfig::read,
                    "Where the bot stores its data: exactly one of `sqlite` and `postgresql`.")
                .required(),
            section
                .path(
                    "policy",
                    "The policy file, which defines who may do what; reloaded when it changes.")
                .required(),
            section
                .section("web", WebConfig::read, "HTTP port for health, metrics and webhooks.")
                .orDefault(WebConfig.STANDARD),
            section
                .section(
                    "api",
                    api -> ApiConfig.read(api, ids),
                    "The API for programs and the command line, on the port of `web`. Without "
                        + "this section there is none.")
                .optional(),
            section
                .section(
                    "eips",
                    AddressesConfig::read,
                    "Pools of addresses that `eip` gives to instances, and the programs that do "
                        + "so.")
                .optional(),
            section
                .section("metrics", MetricsConfig::read, "What `/metrics` contains.")
                .orDefault(MetricsConfig.STANDARD),
            section
                .section(
                    "jobs",
                    jobs -> JobsConfig.read(jobs, known.commands()),
                    "Deadlines and timing of jobs.")
                .orDefault(JobsConfig.STANDARD),
            section
                .section(
                    "approvals",
                    approvals -> ApprovalsConfig.read(approvals, ids),
                    "Timing of approvals. The policy defines who has to approve what.")
                .orDefault(ApprovalsConfig.STANDARD),
            section
                .section(
                    "retention",
                    RetentionConfig::read,
                    "How long the store keeps completed records. The audit log is kept forever.")
                .orDefault(RetentionConfig.STANDARD),
            section
                .section(
                    "alerts",
                    alerts -> AlertsConfig.read(alerts, ids),
                    "When a node counts as down, and who is notified.")
                .orDefault(AlertsConfig.STANDARD),
            section
                .map(
                    "webhooks",
                    Kinds.section(WebhookConfig::read),
                    "External systems that send alerts to the bot, each to `POST "
                        + "/webhooks/<name>` on the port of `web`.")
                .orDefault(Map.of()),
            section
                .map(
                    "environments",
                    Kinds.section(EnvironmentConfig::read),
                    "The environments known to commands.")
                .required(),
            apps(section),
            section
                .field(
                    "freezes",
                    FreezesConfig.kind(),
                    "Times in which nothing is deployed, and what may be done all the same.")
                .orDefault(FreezesConfig.STANDARD),
            section
                .list(
                    "expected_nodes",
                    Kinds.name(),
                    "Nodes expected in the fleet; `discover` names those that are missing.")
                .orDefault(List.of()),
            section
                .field(
                    "time_zone",
                    Types.zone(),
                    "Time zone for times of day in commands, such as `Europe/Paris`.")
                .orDefault(ZoneId.of("UTC")),
            section
                .section(
                    "plugins",
                    PluginsConfig::read,
                    "Commands that others have written. Plugins are code that the bot runs.")
                .orDefault(PluginsConfig.NONE),
            section
                .map(
                    "aliases",
                    Kinds.text(),
                    "Words that stand for commands when people type them, such as `shipit: "
                        + "codeupdate prod web`. `$1` to `$9` and `$*` stand for the words behind "
                        + "the alias. Rights are those of the command.")
                .orDefault(Map.of()),
            section
                .section(
                    "runbooks",
                    RunbooksConfig::read,
                    "Procedures of several commands, run by `run <name>`; see "
                        + "[runbooks](../how-to/runbooks.md).")
                .orDefault(RunbooksConfig.NONE),
            section
                .map(
                    "oncall",
                    Kinds.section(team -> OnCallConfig.read(team, ids)),
                    "Teams and who is on call in them, for `oncall` and mentions; see "
                        + "[on call](../how-to/oncall.md).")
                .orDefault(Map.of()));
    config
        .environments()
        .forEach((name, environment) -> config.checkOrder(name, environment, section));
    config.apps().forEach((name, app) -> config.checkEnvs(name, app, section));
    config.checkFreezes(section);
    config.checkWebhooks(section);
    config.checkAlerts(section);
    config.checkAliases(section);
    config.checkFacade(section);
    config.checkAddresses(section);
    return config;
  }

  /** Whatever commands may name as an application. */
  private static Map<String, AppConfig> apps(Section section) {
    var apps =
        new LinkedHashMap<>(
            section
                .map(
                    "apps",
                    Kinds.section(AppConfig::read),
                    "The apps that `codeupdate` can deploy, and where to find their releases.")
                .orDefault(Map.of()));
    section
        .map(
            "units",
            Kinds.section(AppConfig::readUnit),
            "Systemd units that `start`, `stop`, `restart` and `reload` can name like apps; "
                + "agents define them under `units`.")
        .orDefault(Map.of())
        .forEach((name, unit) -> {
          if (apps.putIfAbsent(name, unit) != null) {
            section.refuse(
                "units", "defines '%s', which is also defined under 'apps'".formatted(name));
          }
        });
    return apps;
  }

  private void checkOrder(String name, EnvironmentConfig environment, Section section) {
    environment
        .after()
        .filter(before -> before.equals(name) || !environments.containsKey(before))
        .ifPresent(before ->
            section.refuse(
                "environments",
                "lets '%s' come after '%s', which is not another environment%s"
                    .formatted(name, before, Nearest.hint(before, environments.keySet()))));
  }

  private void checkFreezes(Section section) {
    Set<String> names = new HashSet<>();
    for (FreezeConfig freeze : freezes.recurring()) {
      if (!names.add(freeze.name())) {
        section.refuse("freezes", "contains the name '%s' twice".formatted(freeze.name()));
      }
      checkKnown(freeze, "environments", freeze.environments(), environments.keySet(), section);
      checkKnown(freeze, "apps", freeze.apps(), apps.keySet(), section);
    }
  }

  /** A system that knows its own secret must not be able to impersonate another. */
  private void checkWebhooks(Section section) {
    Map<String, String> bySecret = new HashMap<>();
    webhooks.forEach((name, webhook) -> {
      String other = bySecret.putIfAbsent(webhook.proof().secret().reveal(), name);
      if (other != null && !section.isDescribing()) {
        section.refuse(
            "webhooks",
            "uses the same secret for '%s' and '%s'; give each its own".formatted(other, name));
      }
      webhook
          .environment()
          .filter(environment -> !environments.containsKey(environment))
          .ifPresent(environment ->
              section.refuse(
                  "webhooks",
                  "lets '%s' use the environment '%s', which is not defined under 'environments'%s"
                      .formatted(
                          name, environment, Nearest.hint(environment, environments.keySet()))));
    });
  }

  private void checkAliases(Section section) {
    aliases.forEach((name, command) -> {
      if (!AliasRules.isName(name)) {
        section.refuse(
            "aliases",
            "contains '%s'; an alias has at most 32 letters, digits, '-' and '_', in lower case, and begins with a letter"
                .formatted(name));
      } else if (!AliasRules.isCommand(command)) {
        section.refuse(
            "aliases",
            "lets '%s' stand for something else than one command on one line, of at most %d characters"
                .formatted(name, AliasRules.LONGEST_COMMAND));
      }
    });
  }

  /** The apps of routes are not checked: alerts of other systems may be about any app. */
  private void checkAlerts(Section section) {
    checkAlertEnvironments("critical_environments", alerts.criticalEnvironments(), section);
    for (int i = 0; i < alerts.routes().size(); i++) {
      checkAlertEnvironments(
          "routes[%d].environments".formatted(i), alerts.routes().get(i).environments(), section);
    }
    for (int i = 0; i < alerts.routes().size(); i++) {
      checkTeam(
          "alerts", "routes[%d].mention".formatted(i), alerts.routes().get(i).mention(), section);
    }
    checkTeam("approvals", "mention", approvals.mention(), section);
    for (HookConfig hook : alerts.hooks()) {
      checkAlertEnvironments(
          "hooks: environments of '%s'".formatted(hook.name()), hook.environments(), section);
    }
  }

  private void checkAddresses(Section section) {
    addresses
        .map(AddressesConfig::pools)
        .orElse(Map.of())
        .keySet()
        .forEach(name -> {
          if (!environments.containsKey(name)) {
            section.refuse(
                "eips",
                "has addresses for '%s', which is not defined under 'environments'%s"
                    .formatted(name, Nearest.hint(name, environments.keySet())));
          }
        });
  }

  private void checkFacade(Section section) {
    api.flatMap(ApiConfig::facade)
        .ifPresent(facade ->
            facade
                .environments()
                .forEach((service, name) -> {
                  if (!environments.containsKey(name)) {
                    section.refuse(
                        "api",
                        "lets the facade run what '%s' asks for in '%s', which is not defined under 'environments'%s"
                            .formatted(service, name, Nearest.hint(name, environments.keySet())));
                  }
                }));
  }

  private void checkTeam(String key, String what, Optional<String> mention, Section section) {
    mention
        .filter(text -> text.startsWith(OnCallConfig.MENTION))
        .map(text -> text.substring(OnCallConfig.MENTION.length()))
        .filter(team -> !oncall.containsKey(team))
        .ifPresent(team ->
            section.refuse(
                key,
                "names the team '%s' in '%s', which is not defined under 'oncall'%s"
                    .formatted(team, what, Nearest.hint(team, oncall.keySet()))));
  }

  private void checkAlertEnvironments(String key, List<String> named, Section section) {
    for (String name : named) {
      if (!environments.containsKey(name)) {
        section.refuse(
            "alerts",
            "names the environment '%s' in '%s', which is not defined under 'environments'%s"
                .formatted(name, key, Nearest.hint(name, environments.keySet())));
      }
    }
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
            "lets '%s' apply to '%s', which is not defined under '%s'%s"
                .formatted(freeze.name(), name, key, Nearest.hint(name, known)));
      }
    }
  }

  private void checkEnvs(String name, AppConfig app, Section section) {
    for (var env : app.envs()) {
      if (!environments.isEmpty() && !environments.containsKey(env)) {
        section.refuse(
            "apps",
            "lets the app '%s' run in '%s', which is not defined under 'environments'%s"
                .formatted(name, env, Nearest.hint(env, environments.keySet())));
      }
    }
  }
}
