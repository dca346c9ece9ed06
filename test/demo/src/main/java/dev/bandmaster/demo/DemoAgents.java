package dev.bandmaster.demo;

import dev.bandmaster.agent.Agent;
import dev.bandmaster.config.AgentConfig;
import dev.bandmaster.config.ExecConfig;
import dev.bandmaster.testkit.ShippedFiles;
import dev.bandmaster.yaml.Environment;
import dev.bandmaster.yaml.Limits;
import dev.bandmaster.yaml.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The agents of the demo: real ones, configured by the shipped file, a folder each. */
final class DemoAgents implements AutoCloseable {

  private final Path folder;
  private final DemoReleases releases;
  private final Map<String, ExecConfig> modules;
  private final Map<String, String> environment;
  private final Map<String, Agent> running = new ConcurrentHashMap<>();

  DemoAgents(
      Path folder,
      DemoReleases releases,
      Map<String, String> environment,
      Map<String, ExecConfig> modules) {
    this.releases = releases;
    this.folder = folder;
    this.modules = Map.copyOf(modules);
    this.environment = Map.copyOf(environment);
  }

  /**
   * Starts an agent.
   *
   * @param broker where this one finds the broker
   */
  void start(DemoNode node, String broker) throws IOException {
    Path own = folder.resolve(node.name());
    Path apps = own.resolve("apps");
    Path directory = apps.resolve(node.application());
    if (Files.notExists(directory)) {
      Files.createDirectories(directory.resolve("shared/log"));
      releases.install(node.application(), directory);
    }
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("BANDMASTER_BROKER", broker);
    variables.put("BANDMASTER_HEARTBEAT", "2s");
    variables.put("BANDMASTER_NODE", node.name());
    variables.put("BANDMASTER_ENV", node.environment());
    variables.put("BANDMASTER_ROLE", node.role());
    variables.put("BANDMASTER_APP", node.application());
    variables.put("BANDMASTER_APPS", apps.toString());
    variables.put("BANDMASTER_HEALTH_WITHIN", "3s");
    variables.put("BANDMASTER_STATE", own.resolve("state").toString());
    AgentConfig config =
        AgentConfig.load(
                ShippedFiles.config("agent.yaml"),
                new StrictYaml(Limits.STANDARD, Environment.of(variables)))
            .value()
            .withModules(modules);
    running.put(node.name(), Agent.connect(config, InstantSource.system(), new SecureRandom()));
  }

  boolean isRunning(DemoNode node) {
    return running.containsKey(node.name());
  }

  /** Stops an agent as an operator would: it finishes, says that it leaves, and goes. */
  void stop(DemoNode node) {
    Agent agent = running.remove(node.name());
    if (agent != null) {
      agent.close();
    }
  }

  @Override
  public void close() {
    running.values().parallelStream().forEach(Agent::close);
    running.clear();
  }
}
