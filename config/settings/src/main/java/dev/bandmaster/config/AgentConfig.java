package dev.bandmaster.config;

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

/**
 * Everything an agent is told at its start; {@code agent.yaml}.
 *
 * @param facts what the operator wants known beside what the agent finds out by itself
 * @param uri the broker, password included
 * @param prefix the beginning of every exchange's and queue's name
 * @param state folder for the journal, the spool and the node's keys
 * @param enrolmentToken lets this node in without a person's click
 * @param apps the apps that run on this node
 * @param policy who may have this node do what; anything else is refused
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
    Optional<Secret> enrolmentToken,
    AgentLimits limits,
    Map<String, AppDefinition> apps,
    AdhocConfig adhoc,
    List<LocalRule> policy) {
  public AgentConfig {
    roles = List.copyOf(roles);
    tags = List.copyOf(tags);
    facts = Ordered.copy(facts);
    apps = Ordered.copy(apps);
    policy = List.copyOf(policy);
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
    return new AgentConfig(
        section.name("node", "The node's name, one in the whole fleet.").required(),
        BusConfig.collective(section),
        section.name("env", "The environment this node belongs to.").required(),
        section
            .list("roles", Kinds.name(), "What the node is for; filters can ask for it.")
            .orDefault(List.of()),
        section
            .list("tags", Kinds.name(), "Free words; filters can ask for them.")
            .orDefault(List.of()),
        section
            .map(
                "facts",
                Kinds.text(),
                "What should be known beside what the agent finds out by itself.")
            .orDefault(Map.of()),
        BusConfig.brokerUri(section),
        BusConfig.prefix(section),
        section
            .path(
                "state",
                "Folder for the journal of requests, the spool of replies and the node's own keys.")
            .required(),
        section
            .section("bots", TrustedBots::read, "The bots whose requests this node takes.")
            .required(),
        section
            .secret("enrolment_token", "Lets this node into the fleet without a person's click.")
            .optional(),
        section
            .section("limits", AgentLimits::read, "What one request may cost this node.")
            .orDefault(AgentLimits.STANDARD),
        apps(section),
        section
            .section("adhoc", AdhocConfig::read, "What `adhoc` may run here.")
            .orDefault(AdhocConfig.NOTHING),
        section
            .list(
                "policy",
                Kinds.section(LocalRule::read),
                "What this node lets itself be asked to do. A request that no rule here covers is"
                    + " refused, whatever the bot has allowed.")
            .required());
  }

  private static Map<String, AppDefinition> apps(Section section) {
    var defined =
        section
            .map("apps", Kinds.section(AppDefinition::read), "How apps are run, by name.")
            .orDefault(Map.of());
    var runs =
        section
            .list(
                "runs",
                Kinds.name(),
                "Which of `apps` run on this node; without this key, all. So one file serves many"
                    + " nodes.")
            .orDefault(List.copyOf(defined.keySet()), "all");
    for (var name : runs) {
      if (!defined.containsKey(name)) {
        section.refuse(
            "runs",
            "names '%s', which is not under 'apps'%s"
                .formatted(name, Nearest.hint(name, defined.keySet())));
      }
    }
    Map<String, AppDefinition> running = new LinkedHashMap<>(defined);
    running.keySet().retainAll(runs);
    return running;
  }
}
