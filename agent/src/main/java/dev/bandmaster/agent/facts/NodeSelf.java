package dev.bandmaster.agent.facts;

import dev.bandmaster.agent.ansible.AnsibleModule;
import dev.bandmaster.config.AgentConfig;
import dev.bandmaster.model.NodeDescription;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The node's description: configured facts, collected facts, and current deployments. */
public final class NodeSelf implements Supplier<NodeDescription> {

  private final AgentConfig config;
  private final Map<String, String> facts;
  private final Supplier<Map<String, String>> apps;
  private final List<String> capabilities;

  /**
   * A description that is made afresh each time.
   *
   * @param apps the apps with their current versions
   */
  public NodeSelf(
      AgentConfig config,
      String agentVersion,
      Supplier<Map<String, String>> apps,
      List<String> capabilities) {
    this.config = config;
    this.apps = apps;
    this.capabilities = List.copyOf(capabilities);
    Map<String, String> all = new TreeMap<>(MeasuredFacts.of(agentVersion));
    all.putAll(config.facts());
    config.ansible().ifPresent(ansible -> all.putAll(AnsibleModule.facts(ansible)));
    config.exec().forEach((name, module) -> all.put("module." + name, module.summary()));
    this.facts = Map.copyOf(all);
  }

  @Override
  public NodeDescription get() {
    return new NodeDescription(
        config.node(),
        config.collective(),
        config.env(),
        apps.get(),
        config.roles(),
        config.tags(),
        facts,
        capabilities);
  }
}
