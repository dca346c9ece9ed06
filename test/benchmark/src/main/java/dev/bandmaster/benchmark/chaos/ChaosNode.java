package dev.bandmaster.benchmark.chaos;

import dev.bandmaster.agent.Agent;
import dev.bandmaster.agent.AgentMain;
import dev.bandmaster.config.AgentConfig;
import dev.bandmaster.yaml.Environment;
import dev.bandmaster.yaml.Limits;
import dev.bandmaster.yaml.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node with a real agent. What it changes is a line in its file {@code effects} for each time,
 * written by the program that the agent runs.
 */
final class ChaosNode implements AutoCloseable {
  private final String name;
  private final Path folder;
  private final List<Runnable> running = new ArrayList<>();

  private ChaosNode(String name, Path folder) throws IOException {
    this.name = name;
    this.folder = folder.resolve(name);
    Files.createDirectories(this.folder.resolve("apps/web"));
    Files.createFile(this.folder.resolve("effects"));
  }

  /** What all agents of a stage are told. */
  record Orders(Path config, String broker, Path botKeys, Path record) {
    private Map<String, String> environment(String node, Path folder) {
      return Map.of(
          "NODE", node,
          "BROKER", broker,
          "HOME_OF_NODE", folder.toString(),
          "BOT_KEYS", botKeys.toString(),
          "RECORD", record.toString());
    }
  }

  /** A node whose agent lives in this process. */
  static ChaosNode inside(String name, Path folder, Orders orders) throws IOException {
    ChaosNode node = new ChaosNode(name, folder);
    AgentConfig config =
        AgentConfig.load(
                orders.config(),
                new StrictYaml(
                    Limits.STANDARD, Environment.of(orders.environment(name, node.folder))))
            .value();
    Agent agent = Agent.connect(config, InstantSource.system(), new SecureRandom());
    node.running.add(agent::close);
    return node;
  }

  /** A node whose agent is a process of its own, not started yet. */
  static Killable outside(String name, Path folder, Orders orders) throws IOException {
    ChaosNode node = new ChaosNode(name, folder);
    ChildJvm agent =
        new ChildJvm(
            List.of("-Dbandmaster.log=WARN"),
            List.of(AgentMain.class.getName(), "--config", orders.config().toString()),
            orders.environment(name, node.folder),
            node.folder.resolve("agent.log"));
    node.running.add(agent::close);
    return new Killable(node, agent);
  }

  /** A node and the process in which its agent lives. */
  record Killable(ChaosNode node, ChildJvm agent) {}

  String name() {
    return name;
  }

  /** How often the node did what, by the words it was told to write down. */
  Map<String, Integer> effects() throws IOException {
    Map<String, Integer> times = new HashMap<>();
    Files.readAllLines(folder.resolve("effects"))
        .forEach(word -> times.merge(word, 1, Integer::sum));
    return times;
  }

  @Override
  public void close() {
    running.forEach(Runnable::run);
  }
}
