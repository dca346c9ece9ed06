package dev.bandmaster.config;

import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.Nearest;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Loaded;
import dev.bandmaster.yaml.Secret;
import dev.bandmaster.yaml.Section;
import dev.bandmaster.yaml.StrictYaml;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An agent's configuration; {@code agent.yaml}.
 *
 * @param facts additional facts, besides those the agent collects
 * @param uri the broker, password included
 * @param prefix the beginning of every exchange's and queue's name
 * @param state folder for the journal, the spool and the node's keys
 * @param apps the apps that run on this node
 * @param units the systemd units that people may control on this node
 * @param logs the logs that people may read
 * @param policy who may have this node do what; anything else is refused
 * @param exec modules that others have written, by name
 * @param requiredApprovals what has to be approved, whatever the bot's policy says
 * @param acceptBypass whether an emergency counts as approved
 * @param ansible what makes the agent a runner; empty where it is none
 * @param enrolmentToken what lets the node in without a person
 * @param enrolmentUri the broker for a node that has no user of its own there yet
 */
public record AgentConfig(
    String node,
    String collective,
    String env,
    List<String> roles,
    List<String> tags,
    Map<String, String> facts,
    Secret uri,
    String prefix,
    Path state,
    TrustedBots bots,
    AgentLimits limits,
    Map<String, AppDefinition> apps,
    Map<String, UnitDefinition> units,
    AdhocConfig adhoc,
    LogsConfig logs,
    List<LocalRule> policy,
    Map<String, ExecConfig> exec,
    List<RequiredApprovals> requiredApprovals,
    boolean acceptBypass,
    Optional<AnsibleConfig> ansible,
    Optional<Secret> enrolmentToken,
    Optional<Secret> enrolmentUri) {
  public AgentConfig {
    roles = List.copyOf(roles);
    tags = List.copyOf(tags);
    facts = Ordered.copy(facts);
    apps = Ordered.copy(apps);
    units = Ordered.copy(units);
    policy = List.copyOf(policy);
    exec = Ordered.copy(exec);
    requiredApprovals = List.copyOf(requiredApprovals);
  }

  /** The same with these modules that others have written. */
  public AgentConfig withModules(Map<String, ExecConfig> modules) {
    return new AgentConfig(
        node,
        collective,
        env,
        roles,
        tags,
        facts,
        uri,
        prefix,
        state,
        bots,
        limits,
        apps,
        units,
        adhoc,
        logs,
        policy,
        modules,
        requiredApprovals,
        acceptBypass,
        ansible,
        enrolmentToken,
        enrolmentUri);
  }

  /**
   * Reads the file.
   *
   * @throws dev.bandmaster.yaml.BadConfigException with every mistake in it
   */
  public static Loaded<AgentConfig> load(Path file, StrictYaml yaml) {
    return yaml.load(file, AgentConfig::read);
  }

  static AgentConfig read(Section section) {
    Programs programs = programs(section);
    return new AgentConfig(
        section.name("node", "The node's name, unique in the fleet.").required(),
        BusConfig.collective(section),
        section.name("env", "The environment this node belongs to.").required(),
        section
            .list("roles", Kinds.name(), "The node's roles; filters can select nodes by role.")
            .orDefault(List.of()),
        section
            .list("tags", Kinds.name(), "Free-form labels; filters can select nodes by tag.")
            .orDefault(List.of()),
        section
            .map("facts", Kinds.text(), "Additional facts, besides those the agent collects.")
            .orDefault(Map.of()),
        BusConfig.brokerUri(section),
        BusConfig.prefix(section),
        section
            .path("state", "Folder for the request journal, the reply spool and the node's keys.")
            .required(),
        section
            .section("bots", TrustedBots::read, "The bots whose requests this node accepts.")
            .required(),
        section
            .section("limits", AgentLimits::read, "Resource limits.")
            .orDefault(AgentLimits.STANDARD),
        programs.apps(),
        programs.units(),
        section
            .section("adhoc", AdhocConfig::read, "Commands that `adhoc` may run on this node.")
            .orDefault(AdhocConfig.NOTHING),
        section
            .section("logs", LogsConfig::read, "Logs that `logs` may show of this node.")
            .orDefault(LogsConfig.NOTHING),
        section
            .list(
                "policy",
                Kinds.section(LocalRule::read),
                "Requests this node accepts. A request that matches no rule here is refused, "
                    + "even if the bot's policy allows it.")
            .required(),
        exec(section),
        section
            .list(
                "require_approvals",
                Kinds.section(RequiredApprovals::read),
                "Requests that this node runs only if they were approved, even if the bot's "
                    + "policy does not require it.")
            .orDefault(List.of()),
        section
            .trueOrFalse(
                "accept_bypass",
                "Whether an emergency, which nobody approves, is run in spite of "
                    + "`require_approvals`.")
            .orDefault(false),
        section
            .section(
                "ansible",
                AnsibleConfig::read,
                "Makes this agent a runner, which runs Ansible for environments whose hosts have "
                    + "no agents; see [Ansible runners](../how-to/ansible-runner.md).")
            .optional(),
        section
            .secret(
                "enrolment_token",
                "Lets the node join without a person, once, as `fleet token create` made it. Of "
                    + "no use after that; the key may then be removed.")
            .where(
                token -> token.length() <= Enrolment.LONGEST_TOKEN,
                "must have at most %d characters".formatted(Enrolment.LONGEST_TOKEN))
            .optional(),
        section
            .secret(
                "enrolment_uri",
                "URI of the broker with a user that may only ask for entry, shared by machines "
                    + "that have no user of their own yet; for `agent --enrol`.")
            .where(uri -> uri.matches("amqps?://.+"), "must begin with amqps:// or amqp://")
            .optional());
  }

  private static Map<String, ExecConfig> exec(Section section) {
    var modules =
        section
            .map(
                "exec",
                Kinds.section(ExecConfig::read),
                "Modules that others have written, by name, for `adhoc <env> <nodes> <name>`; see "
                    + "[agent modules](../how-to/plugins-agent.md).")
            .orDefault(Map.of());
    for (String name : modules.keySet()) {
      if (AdhocConfig.BUILT_IN.contains(name)) {
        section.refuse("exec", "names the module '%s', which agents have already".formatted(name));
      }
    }
    return modules;
  }

  /** What people may name as an application on this node. */
  private record Programs(Map<String, AppDefinition> apps, Map<String, UnitDefinition> units) {}

  private static Programs programs(Section section) {
    var apps =
        section
            .map(
                "apps",
                Kinds.section(AppDefinition::read),
                "Apps and how to deploy and control them, by name.")
            .orDefault(Map.of());
    var units =
        section
            .map(
                "units",
                Kinds.section(UnitDefinition::read),
                "Systemd units that can be started, stopped, restarted and reloaded, by the name "
                    + "that people type.")
            .orDefault(Map.of());
    units.keySet().stream()
        .filter(apps::containsKey)
        .forEach(name ->
            section.refuse(
                "units", "defines '%s', which is also defined under 'apps'".formatted(name)));
    List<String> all = Stream.concat(apps.keySet().stream(), units.keySet().stream()).toList();
    var runs =
        section
            .list(
                "runs",
                Kinds.name(),
                "The `apps` and `units` that run on this node; without this key, all. One file "
                    + "can thus serve many nodes.")
            .orDefault(all, "all");
    for (var name : runs) {
      if (!all.contains(name)) {
        section.refuse(
            "runs",
            "names the app '%s', which is not defined under 'apps'%s"
                .formatted(name, Nearest.hint(name, all)));
      }
    }
    return new Programs(running(apps, runs), running(units, runs));
  }

  private static <T> Map<String, T> running(Map<String, T> defined, List<String> runs) {
    Map<String, T> running = new LinkedHashMap<>(defined);
    running.keySet().retainAll(runs);
    return running;
  }
}
