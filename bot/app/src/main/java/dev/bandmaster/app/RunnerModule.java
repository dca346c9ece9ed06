package dev.bandmaster.app;

import dev.bandmaster.backends.ansible.AnsibleBackend;
import dev.bandmaster.backends.ansible.Runner;
import dev.bandmaster.backends.bus.AgentBusBackend;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.config.RunnerConfig;
import dev.bandmaster.core.backend.ExecutionBackend;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.plugin.Node;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes the backends of environments behind runners with Ansible from the configuration. */
final class RunnerModule {
  private RunnerModule() {}

  /**
   * A backend for each such environment, by the environment's name.
   *
   * @param presence who is there; asked when work is planned and given out, not before
   */
  static Map<String, ExecutionBackend> backends(
      BotConfig config,
      AgentBusBackend bus,
      Supplier<Presence> presence,
      InstantSource clock,
      RandomGenerator random) {
    Map<String, ExecutionBackend> backends = new LinkedHashMap<>();
    config
        .environments()
        .forEach((name, environment) ->
            environment
                .backend()
                .ifPresent(settings -> {
                  if (settings instanceof RunnerConfig runners) {
                    backends.put(
                        name,
                        new AnsibleBackend(
                            name,
                            runners.runners(),
                            bus,
                            () -> agents(presence.get()),
                            clock,
                            random));
                  }
                }));
    return backends;
  }

  private static List<Runner> agents(Presence presence) {
    return presence.nodes().stream()
        .filter(Node::present)
        .flatMap(
            node -> presence.description(node.name()).stream().map(about -> agent(about, presence)))
        .toList();
  }

  private static Runner agent(NodeDescription about, Presence presence) {
    Optional<PresenceEvent.Alive> beat = presence.lastBeat(about.node());
    return new Runner(
        about,
        beat.map(alive -> Math.max(alive.load().average(), 0) / alive.load().cores()).orElse(0.0),
        beat.map(PresenceEvent.Alive::runningJobs).orElse(0));
  }
}
