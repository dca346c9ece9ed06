package dev.bandmaster.app;

import dev.bandmaster.backends.bootstrapper.BootstrapperBackend;
import dev.bandmaster.bootstrapper.BootstrapperClient;
import dev.bandmaster.bootstrapper.BootstrapperSettings;
import dev.bandmaster.config.BootstrapperConfig;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.backend.ExecutionBackend;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.standard.StandardPlugins;
import dev.bandmaster.yaml.Secret;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Makes the backends of environments behind a bootstrapper from the configuration. */
final class BootstrapperModule {
  private BootstrapperModule() {}

  /** A backend for each such environment, by the environment's name. */
  static Map<String, ExecutionBackend> backends(
      BotConfig config, InstantSource clock, RandomGenerator random) {
    Map<String, ExecutionBackend> backends = new LinkedHashMap<>();
    config
        .environments()
        .forEach((name, environment) ->
            environment
                .backend()
                .ifPresent(settings -> {
                  if (settings instanceof BootstrapperConfig bootstrapper) {
                    backends.put(name, backend(name, bootstrapper, clock, random));
                  }
                }));
    return backends;
  }

  private static ExecutionBackend backend(
      String name, BootstrapperConfig settings, InstantSource clock, RandomGenerator random) {
    return new BootstrapperBackend(
        name,
        settings.environment().orElse(name),
        settings.url().toString(),
        client(settings),
        clock,
        random);
  }

  /** A client; nothing is sent yet. */
  static BootstrapperClient client(BootstrapperConfig settings) {
    return new BootstrapperClient(
        new BootstrapperSettings(
            settings.url(),
            settings.token().map(Secret::reveal),
            settings.authorities(),
            settings.answerTime()));
  }

  /** The plugins: with those for hosts without agents where there are such environments. */
  static List<CommandPlugin> plugins(BotConfig config) {
    Set<String> modules = new TreeSet<>();
    boolean any = false;
    for (var environment : config.environments().values()) {
      any |= environment.backend().isPresent();
      environment.backend().ifPresent(settings -> modules.addAll(settings.modules()));
    }
    Map<String, Set<String>> pools = new LinkedHashMap<>();
    config
        .addresses()
        .ifPresent(addresses ->
            addresses
                .pools()
                .forEach((environment, roles) -> pools.put(environment, roles.keySet())));
    return any || !pools.isEmpty()
        ? StandardPlugins.withServices(modules, pools)
        : StandardPlugins.all();
  }
}
