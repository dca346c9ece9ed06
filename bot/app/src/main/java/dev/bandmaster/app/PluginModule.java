package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.config.PluginsConfig;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.engine.commands.CommandModule;
import dev.bandmaster.engine.plugins.EventDispatcher;
import dev.bandmaster.engine.plugins.PluginManager;
import dev.bandmaster.engine.plugins.PluginPermissions;
import dev.bandmaster.engine.plugins.PluginRules;
import dev.bandmaster.engine.plugins.PluginScript;
import dev.bandmaster.engine.plugins.RetiredVersions;
import dev.bandmaster.yaml.StrictYaml;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The plugins that operators have put beside the bot. */
final class PluginModule {
  private final PluginManager manager;

  PluginModule(
      BotConfig config,
      StoreModule stores,
      CommandModule commands,
      JobModule jobs,
      Lifecycle lifecycle) {
    PluginsConfig plugins = config.plugins();
    Path versions =
        plugins
            .versions()
            .or(() -> plugins.directory().map(folder -> folder.resolve(".versions")))
            .orElse(Path.of(".versions"));
    var sections = new PluginSections(StrictYaml.standard());
    manager =
        lifecycle.own(
            new PluginManager(
                new PluginRules(plugins.directory(), versions, plugins.timeout()),
                scripts(plugins),
                sections::read,
                commands.registry(),
                jobs.plugins(),
                new RetiredVersions(versions, stores.store(), stores.clock()),
                stores.operators()::send,
                stores.clock()));
    manager.onForget(
        name -> stores.store().commit(new Change.RemovePluginState(name, Optional.empty())));
    if (plugins.isUsed()) {
      EventDispatcher events =
          lifecycle.own(
              new EventDispatcher(
                  manager,
                  stores.store(),
                  new PluginPermissions(
                      Set.copyOf(plugins.channels()), Set.copyOf(plugins.hosts())),
                  stores.clock()));
      stores.store().onCommitted(events::committed);
    }
  }

  private static List<PluginScript> scripts(PluginsConfig plugins) {
    return plugins.scripts().entrySet().stream()
        .map(entry ->
            new PluginScript(
                entry.getKey(),
                entry.getValue().command(),
                entry.getValue().timeout(),
                entry.getValue().memory(),
                entry.getValue().environment()))
        .toList();
  }

  PluginManager manager() {
    return manager;
  }
}
