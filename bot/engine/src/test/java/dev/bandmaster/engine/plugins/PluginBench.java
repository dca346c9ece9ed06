package dev.bandmaster.engine.plugins;

import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandPlugins;
import dev.bandmaster.engine.pipeline.CommandRegistry;
import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.PluginSettings;
import dev.bandmaster.plugin.Setting;
import dev.bandmaster.standard.StandardPlugins;
import dev.bandmaster.store.TestStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A folder of plugins, and what a bot has to run them. */
final class PluginBench implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  final SettableClock clock = new SettableClock(NOON);
  final List<String> operators = new CopyOnWriteArrayList<>();
  final CommandPlugins plugins = new CommandPlugins(StandardPlugins.all());
  final CommandRegistry registry =
      CommandRegistry.of(
          StandardPlugins.all().stream().<Command>map(Command.Planned::new).toList());
  final Path folder;
  final PluginJars jars;
  final PluginManager manager;

  PluginBench(Path temporary, TestStore store, PluginScript... scripts) {
    this(temporary, store, Duration.ofSeconds(30), Map.of(), scripts);
  }

  /**
   * A bench.
   *
   * @param timeout of each call
   * @param settings the values of every plugin's settings
   */
  PluginBench(
      Path temporary,
      TestStore store,
      Duration timeout,
      Map<String, String> settings,
      PluginScript... scripts) {
    try {
      folder = Files.createDirectories(temporary.resolve("plugins"));
      jars = new PluginJars(Files.createDirectories(temporary.resolve("made")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path versions = folder.resolve(".versions");
    manager =
        new PluginManager(
            new PluginRules(Optional.of(folder), versions, timeout),
            List.of(scripts),
            (file, declared) -> values(declared, settings),
            registry,
            plugins,
            new RetiredVersions(versions, store, clock),
            operators::add,
            clock);
  }

  private static PluginSettings values(List<Setting> declared, Map<String, String> settings)
      throws BadPluginException {
    for (Setting setting : declared) {
      if (setting.required() && !settings.containsKey(setting.key())) {
        throw new BadPluginException("It needs the settings " + setting.key() + ".");
      }
    }
    return new PluginSettings(
        settings.entrySet().stream()
            .collect(
                java.util.stream.Collectors.toMap(
                    Map.Entry::getKey, entry -> List.of(entry.getValue()))));
  }

  /** Puts a plugin with one command into the folder. */
  Path put(String name, String version, String source) throws IOException {
    Path jar = jars.jar(folder.resolve(name + ".jar"), name, version, source);
    // A file system may keep seconds only.
    Files.setLastModifiedTime(jar, FileTime.from(NOON.plusSeconds(version.hashCode() % 9_999)));
    return jar;
  }

  /** Looks twice, as files have to come to rest. */
  void look() {
    manager.look();
    manager.look();
  }

  CommandPlugin command(String name) {
    return registry
        .find(name)
        .filter(Command.Planned.class::isInstance)
        .map(Command.Planned.class::cast)
        .orElseThrow(() -> new AssertionError("there is no command " + name + operators))
        .plugin();
  }

  Planned plan(String name) {
    return plan(name, Map.of());
  }

  Planned plan(String name, Map<String, List<String>> words) {
    return command(name).plan(new Invocation(new Arguments(words), name), NO_FLEET);
  }

  /** What a command answers or why it refuses. */
  String says(String name) {
    return switch (plan(name)) {
      case Planned.Answer(Message message) -> message.toString();
      case Planned.Refused(String reason) -> reason;
      case Planned.Work work -> work.title();
    };
  }

  static NodeOutcome outcome(String node) {
    return new NodeOutcome(node, NodeStatus.OK, "as the node said", "", Data.none(), Duration.ZERO);
  }

  @Override
  public void close() {
    manager.close();
  }

  static final PlanningContext NO_FLEET =
      new PlanningContext() {
        @Override
        public Selection select(String filter) {
          return new Selection.Selected(
              List.of(
                  new Node(
                      "web1", "staging", Map.of(), List.of(), List.of(), Map.of(), NOON, true)));
        }

        @Override
        public List<Node> running(String environment, String application) {
          return List.of();
        }

        @Override
        public Release release(String environment, String application, String version) {
          return new Release.Missing("There are no releases.");
        }

        @Override
        public List<String> versions(String environment, String application) {
          return List.of();
        }

        @Override
        public List<String> deployed(String environment, String application) {
          return List.of();
        }

        @Override
        public Instant now() {
          return NOON;
        }
      };
}
