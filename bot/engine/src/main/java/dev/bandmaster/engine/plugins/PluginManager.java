package dev.bandmaster.engine.plugins;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.Ticker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandPlugins;
import dev.bandmaster.engine.pipeline.CommandRegistry;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Runbook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads plugins, replaces them and removes them, when their files change and when somebody asks. A
 * version that cannot be loaded leaves the one before in place. A version that has planned jobs
 * goes on presenting them until they have ended. Safe for use by many threads; one at a time loads.
 */
public final class PluginManager implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PluginManager.class);

  private static final Duration LOOK = Duration.ofSeconds(2);

  private final PluginRules rules;
  private final PluginRules.SettingsReader settings;
  private final List<PluginScript> scripts;
  private final CommandRegistry registry;
  private final CommandPlugins plugins;
  private final Consumer<String> operators;
  private final InstantSource clock;
  private final RetiredVersions retired;
  private final PluginFolder folder;
  private final Ticker ticker = new Ticker("plugins", LOOK, this::look);

  private volatile Consumer<String> forget = name -> {};

  /** By name; changed by the thread that loads. */
  private volatile Map<String, LoadedPlugin> loaded = Map.of();

  /** Why files and scripts are not loaded, by their names. */
  private volatile Map<String, String> refused = Map.of();

  /**
   * A manager that has loaded nothing yet.
   *
   * @param operators receives what operators have to know
   */
  public PluginManager(
      PluginRules rules,
      List<PluginScript> scripts,
      PluginRules.SettingsReader settings,
      CommandRegistry registry,
      CommandPlugins plugins,
      RetiredVersions retired,
      Consumer<String> operators,
      InstantSource clock) {
    this.rules = rules;
    this.scripts = List.copyOf(scripts);
    this.settings = settings;
    this.registry = registry;
    this.plugins = plugins;
    this.retired = retired;
    this.operators = operators;
    this.clock = clock;
    this.folder = new PluginFolder(rules.directory());
    retired.loadedBy(this::restore);
    plugins.plannedBy(this::planner);
  }

  /** Loads all plugins, and watches their files. */
  public void start() {
    synchronized (this) {
      folder.look(true).forEach(this::apply);
      for (PluginScript script : scripts) {
        var _ = load(script);
      }
    }
    if (rules.directory().isPresent()) {
      ticker.start();
    }
  }

  /** Looks for changed files. For the thread, and tests. */
  void look() {
    try {
      synchronized (this) {
        folder.look(false).forEach(this::apply);
      }
      retired.clean(current());
    } catch (StoreUnavailable e) {
      LOG.warn("Whether old versions of plugins are in use is not known: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("Looking for changed plugins failed unexpectedly; retrying", e);
    }
  }

  private void apply(PluginFolder.FileChange change) {
    switch (change) {
      case PluginFolder.FileChange.Written(Path jar) -> {
        var _ = load(jar);
      }
      case PluginFolder.FileChange.Gone(Path jar) -> {
        refused = without(refused, String.valueOf(jar.getFileName()));
        loaded.values().stream()
            .filter(plugin -> plugin.source().equals(jar))
            .forEach(plugin -> {
              unload(plugin);
              operators.accept(
                  "The plugin %s is gone, since its jar was removed.".formatted(plugin.name()));
            });
      }
      case PluginFolder.FileChange.SettingsChanged(String name) ->
          find(name)
              .filter(plugin -> plugin.jar().isPresent())
              .ifPresent(plugin -> {
                var _ = load(plugin.source());
              });
    }
  }

  /** What is loaded, by name. */
  public List<PluginRules.Line> lines() {
    return loaded.values().stream().map(LoadedPlugin::line).toList();
  }

  /** The plugins that want to hear what happens. */
  List<EventDispatcher.Listening> listening() {
    List<EventDispatcher.Listening> listening = new ArrayList<>();
    for (LoadedPlugin plugin : loaded.values()) {
      plugin
          .listener()
          .ifPresent(listener ->
              listening.add(
                  new EventDispatcher.Listening(plugin.name(), listener, plugin.calls())));
    }
    return listening;
  }

  /** Has this forget what a plugin keeps, when it is removed with its state. To be set once. */
  public void onForget(Consumer<String> listener) {
    forget = listener;
  }

  /** The runbooks of all plugins that are in use. */
  public List<Runbook> runbooks() {
    return loaded.values().stream()
        .filter(plugin -> plugin.calls().health().off().isEmpty())
        .flatMap(plugin -> plugin.runbooks().stream())
        .toList();
  }

  /** Why files and scripts are not loaded, by their names. */
  public Map<String, String> refused() {
    return refused;
  }

  /**
   * Loads a plugin again, also one that was switched off or refused.
   *
   * @return a sentence that says what happened
   */
  public synchronized String reload(String name) {
    Optional<LoadedPlugin> plugin = find(name);
    Optional<PluginScript> script =
        scripts.stream().filter(each -> each.name().equals(name)).findFirst();
    if (script.isPresent()) {
      return load(script.get());
    }
    if (plugin.isPresent() && Files.exists(plugin.get().source())) {
      return load(plugin.get().source());
    }
    Optional<Path> file =
        folder.jars().stream()
            .filter(jar -> {
              String shown = String.valueOf(jar.getFileName());
              return shown.equals(name) || shown.equals(name + ".jar") || names(jar, name);
            })
            .findFirst();
    return file.map(this::load)
        .orElseGet(() -> "There is no plugin '%s'. To list plugins: `plugins`.".formatted(name));
  }

  private boolean names(Path jar, String name) {
    try {
      return PluginJar.keep(jar, rules.versions()).name().equals(name);
    } catch (BadPluginException e) {
      return false;
    }
  }

  /**
   * Removes a plugin and its jar.
   *
   * @param withState whether its configuration section goes too
   * @return a sentence that says what happened, and what is left
   */
  public synchronized String remove(String name, boolean withState) {
    Optional<LoadedPlugin> plugin = find(name);
    if (plugin.isEmpty()) {
      return "There is no plugin '%s'. To list plugins: `plugins`.".formatted(name);
    }
    if (plugin.get().jar().isEmpty()) {
      return "The plugin %s is a script that the bot's configuration declares. Remove it from there and restart the bot."
          .formatted(name);
    }
    Optional<Path> section = rules.settingsFile(name).filter(Files::exists);
    try {
      Files.deleteIfExists(plugin.get().source());
      if (withState && section.isPresent()) {
        Files.delete(section.get());
      }
    } catch (IOException e) {
      return "The plugin %s stays, since its files cannot be deleted: %s"
          .formatted(name, e.getMessage());
    }
    unload(plugin.get());
    if (withState) {
      forget.accept(name);
    }
    folder.forget(plugin.get().source());
    String left =
        section.isEmpty() || withState
            ? "Nothing of it is left."
            : "Its configuration `%s.yaml` is left.".formatted(name);
    return "The plugin %s is removed. %s Jobs that it planned go on.".formatted(name, left);
  }

  private Optional<LoadedPlugin> find(String name) {
    return Optional.ofNullable(loaded.get(name));
  }

  private String load(Path source) {
    String shown = String.valueOf(source.getFileName());
    try {
      PluginJar jar = PluginJar.keep(source, rules.versions());
      Optional<LoadedPlugin> before = find(jar.name());
      refuseTwins(jar, source, before);
      LoadedPlugin fresh = LoadedPlugin.of(jar, source, rules, settings, health(jar.name()));
      // A jar that changed its name takes the place of what it was before.
      List<LoadedPlugin> replaced =
          loaded.values().stream()
              .filter(each -> each.name().equals(jar.name()) || each.source().equals(source))
              .toList();
      return install(shown, replaced, fresh);
    } catch (BadPluginException e) {
      return refuse(shown, source, e);
    }
  }

  private void refuseTwins(PluginJar jar, Path source, Optional<LoadedPlugin> before)
      throws BadPluginException {
    if (before.isPresent()
        && !before.get().source().equals(source)
        && (before.get().jar().isEmpty() || Files.exists(before.get().source()))) {
      throw new BadPluginException(
          "The plugin %s is there twice: in %s, which is loaded, and in %s. Remove one of them."
              .formatted(jar.name(), before.get().source().getFileName(), source.getFileName()));
    }
  }

  private String load(PluginScript script) {
    try {
      Optional<LoadedPlugin> before = find(script.name());
      if (before.isPresent() && before.get().jar().isPresent()) {
        throw new BadPluginException(
            "A jar has the same name: %s. Rename the script."
                .formatted(before.get().source().getFileName()));
      }
      return install(script.name(), before.stream().toList(), script.load(health(script.name())));
    } catch (BadPluginException e) {
      return refuse(script.name(), script.file(), e);
    }
  }

  private PluginHealth health(String name) {
    return new PluginHealth(name, operators, clock);
  }

  private String install(String shown, List<LoadedPlugin> replaced, LoadedPlugin fresh)
      throws BadPluginException {
    List<CommandPlugin> gone = replaced.stream().flatMap(each -> each.commands().stream()).toList();
    try {
      plugins.replace(gone, fresh.commands());
    } catch (IllegalArgumentException e) {
      fresh.close();
      throw new BadPluginException("It is refused: %s.".formatted(e.getMessage()));
    }
    try {
      registry.replace(registered(gone), planned(fresh.commands()));
    } catch (IllegalArgumentException e) {
      plugins.replace(fresh.commands(), gone);
      fresh.close();
      throw new BadPluginException("It is refused: %s.".formatted(e.getMessage()));
    }
    Map<String, LoadedPlugin> now = new TreeMap<>(loaded);
    replaced.forEach(each -> now.remove(each.name()));
    now.put(fresh.name(), fresh);
    loaded = Collections.unmodifiableMap(now);
    refused = without(refused, shown);
    replaced.forEach(retired::retire);
    LOG.info("Loaded the plugin {} {} from {}", fresh.name(), fresh.number(), shown);
    return "Loaded %s %s with %s."
        .formatted(
            fresh.name(),
            fresh.number(),
            fresh.commands().isEmpty()
                ? "no commands"
                : fresh.commands().stream()
                    .map(command -> "`" + command.declaration().name() + "`")
                    .collect(Collectors.joining(", ")));
  }

  private String refuse(String shown, Path source, BadPluginException why) {
    String reason = String.valueOf(why.getMessage());
    Optional<LoadedPlugin> before =
        loaded.values().stream().filter(each -> each.source().equals(source)).findFirst();
    String sentence =
        "%s was not loaded. %s%s"
            .formatted(
                shown,
                reason,
                before
                    .map(each ->
                        " Version %s of %s stays in use.".formatted(each.number(), each.name()))
                    .orElse(""));
    Map<String, String> more = new TreeMap<>(refused);
    more.put(shown, reason);
    refused = Collections.unmodifiableMap(more);
    operators.accept(sentence);
    return sentence;
  }

  private void unload(LoadedPlugin plugin) {
    registry.replace(registered(plugin.commands()), List.of());
    try {
      plugins.replace(plugin.commands(), List.of());
    } catch (IllegalArgumentException e) {
      // Another plugin's command is undone by one of these; it can no longer be undone.
      LOG.warn("Removing {}: {}", plugin.name(), e.getMessage());
    }
    Map<String, LoadedPlugin> now = new TreeMap<>(loaded);
    now.remove(plugin.name());
    loaded = Collections.unmodifiableMap(now);
    retired.retire(plugin);
  }

  @SuppressWarnings("ReferenceEquality") // Two plugins of one jar may be equal, and are two.
  private List<Command> registered(List<CommandPlugin> commands) {
    return registry.commands().stream()
        .filter(command ->
            command instanceof Command.Planned(var plugin)
                && commands.stream().anyMatch(each -> each == plugin))
        .toList();
  }

  private static List<Command> planned(List<CommandPlugin> commands) {
    List<Command> planned = new ArrayList<>();
    commands.forEach(command -> planned.add(new Command.Planned(command)));
    return planned;
  }

  private static Map<String, String> without(Map<String, String> map, String key) {
    Map<String, String> fewer = new TreeMap<>(map);
    fewer.remove(key);
    return Collections.unmodifiableMap(fewer);
  }

  private Set<String> current() {
    return loaded.values().stream()
        .flatMap(plugin -> plugin.jar().stream())
        .map(version -> version.sha256())
        .collect(Collectors.toSet());
  }

  /** The command of the version that planned a job, where another one is loaded now. */
  private Optional<CommandPlugin> planner(Job job) {
    return retired.planner(job, current());
  }

  /** Loads a version that was replaced before the last restart; it only presents. */
  private Optional<LoadedPlugin> restore(PluginJar jar) {
    try {
      return Optional.of(LoadedPlugin.of(jar, jar.copy(), rules, settings, health(jar.name())));
    } catch (BadPluginException e) {
      LOG.warn(
          "Version {} of {} planned jobs that run, and cannot be loaded: {}",
          jar.number(),
          jar.name(),
          e.getMessage());
      return Optional.empty();
    }
  }

  /** Ends all plugins. */
  @Override
  public void close() {
    ticker.close();
    synchronized (this) {
      loaded.values().forEach(LoadedPlugin::close);
      retired.close();
    }
  }
}
