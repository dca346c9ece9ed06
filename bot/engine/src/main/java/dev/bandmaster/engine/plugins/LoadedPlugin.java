package dev.bandmaster.engine.plugins;

import dev.bandmaster.core.store.PluginVersions;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.EventListener;
import dev.bandmaster.plugin.Plugin;
import dev.bandmaster.plugin.PluginContext;
import dev.bandmaster.plugin.PluginSettings;
import dev.bandmaster.plugin.Runbook;
import dev.bandmaster.plugin.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One version of a plugin at work.
 *
 * @param source the file or declaration that it came from, as operators know it
 * @param jar the version of the jar; empty for a script
 */
record LoadedPlugin(
    String name,
    String number,
    Path source,
    Optional<PluginVersions.Version> jar,
    List<CommandPlugin> commands,
    List<Runbook> runbooks,
    Optional<EventListener> listener,
    PluginCalls calls,
    AutoCloseable code)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedPlugin.class);

  /** Commands of one plugin. */
  private static final int MOST_COMMANDS = 50;

  /** Runbooks of one plugin. */
  static final int MOST_RUNBOOKS = 50;

  /** Settings of one plugin. */
  private static final int MOST_SETTINGS = 200;

  private static final int LONGEST_LOG_LINE = 1_000;

  LoadedPlugin {
    commands = List.copyOf(commands);
    runbooks = List.copyOf(runbooks);
  }

  PluginRules.Line line() {
    return new PluginRules.Line(
        name,
        number,
        String.valueOf(source.getFileName()),
        commands.stream().map(command -> command.declaration().name()).toList(),
        calls.health().off(),
        jar);
  }

  /** The command of this name. */
  Optional<CommandPlugin> command(String wanted) {
    return commands.stream()
        .filter(command -> command.declaration().name().equals(wanted))
        .findFirst();
  }

  /**
   * Loads a jar.
   *
   * @param health a new one for this version
   * @throws BadPluginException if it cannot work; then nothing is left of it
   */
  static LoadedPlugin of(
      PluginJar jar,
      Path source,
      PluginRules rules,
      PluginRules.SettingsReader reader,
      PluginHealth health)
      throws BadPluginException {
    var loader = new PluginClassLoader(jar.name(), jar.copy());
    var calls = new PluginCalls(jar.name(), rules.timeout(), loader, health);
    try {
      Plugin plugin = calls.call("when it was found", () -> find(loader));
      List<Setting> settings = calls.call("in settings()", () -> List.copyOf(plugin.settings()));
      if (settings.size() > MOST_SETTINGS) {
        throw new BadPluginException("It declares more than %d settings.".formatted(MOST_SETTINGS));
      }
      Optional<Path> file = rules.settingsFile(jar.name());
      PluginSettings values =
          file.isPresent() ? reader.read(file.get(), settings) : PluginSettings.NONE;
      calls.redact(Redaction.of(settings, values));
      PluginContext context = context(jar.name(), values, calls);
      List<CommandPlugin> commands =
          calls.call("in commands()", () -> List.copyOf(plugin.commands(context)));
      List<Runbook> runbooks =
          calls.call("in runbooks()", () -> List.copyOf(plugin.runbooks(context)));
      if (runbooks.size() > MOST_RUNBOOKS) {
        throw new BadPluginException("It declares more than %d runbooks.".formatted(MOST_RUNBOOKS));
      }
      Optional<EventListener> listener =
          calls.call("in listener()", () -> plugin.listener(context));
      return new LoadedPlugin(
          jar.name(),
          jar.number(),
          source,
          Optional.of(jar.version()),
          guarded(
              commands,
              calls,
              command -> {
                try {
                  return new GuardedJarCommand(
                      jar.version(),
                      command,
                      calls.call("in declaration()", command::declaration),
                      calls);
                } catch (PluginFailure e) {
                  throw new IllegalArgumentException("it " + e.getMessage(), e);
                }
              }),
          runbooks,
          listener,
          calls,
          () -> {
            plugin.close();
            loader.close();
          });
    } catch (PluginFailure e) {
      abandon(calls, loader);
      throw new BadPluginException("It %s.".formatted(e.getMessage()));
    } catch (BadPluginException | IllegalArgumentException e) {
      abandon(calls, loader);
      throw new BadPluginException(String.valueOf(e.getMessage()));
    }
  }

  private static List<CommandPlugin> guarded(
      List<CommandPlugin> commands, PluginCalls calls, Function<CommandPlugin, CommandPlugin> guard)
      throws BadPluginException {
    if (commands.size() > MOST_COMMANDS) {
      throw new BadPluginException("It declares more than %d commands.".formatted(MOST_COMMANDS));
    }
    List<CommandPlugin> guarded = new ArrayList<>();
    for (CommandPlugin command : commands) {
      CommandPlugin made = guard.apply(command);
      checkWords(made.declaration());
      guarded.add(made);
    }
    if (calls.health().off().isPresent()) {
      throw new BadPluginException("It failed while it was loaded.");
    }
    return guarded;
  }

  private static void checkWords(CommandDeclaration declaration) throws BadPluginException {
    for (String alias : declaration.aliases()) {
      if (!alias.matches("[a-z][a-z-]{0,31}")) {
        throw new BadPluginException(
            "The command '%s' has an alias that is no word of lower case letters."
                .formatted(declaration.name()));
      }
    }
    long names = declaration.parameters().stream().map(each -> each.name()).distinct().count();
    if (names != declaration.parameters().size()) {
      throw new BadPluginException(
          "The command '%s' declares two parameters of one name.".formatted(declaration.name()));
    }
  }

  private static Plugin find(ClassLoader loader) {
    List<Plugin> found = new ArrayList<>();
    ServiceLoader.load(Plugin.class, loader).forEach(found::add);
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "META-INF/services/%s names %d plugins, and a jar brings exactly one"
              .formatted(Plugin.class.getName(), found.size()));
    }
    return found.getFirst();
  }

  private static PluginContext context(String name, PluginSettings values, PluginCalls calls) {
    return new PluginContext() {
      @Override
      public PluginSettings settings() {
        return values;
      }

      @Override
      public void log(String sentence) {
        LOG.info("Plugin {}: {}", name, calls.redaction().text(sentence, LONGEST_LOG_LINE));
      }
    };
  }

  private static void abandon(PluginCalls calls, PluginClassLoader loader) {
    calls.close();
    try {
      loader.close();
    } catch (IOException e) {
      LOG.warn("The jar of a plugin that could not be loaded stays open: {}", e.getMessage());
    }
  }

  /** Ends it; what it still has running is interrupted. */
  @Override
  public void close() {
    try {
      var _ =
          calls.call(
              "in close()",
              () -> {
                code.close();
                return true;
              });
    } catch (PluginFailure e) {
      LOG.warn("The plugin {} {}", name, e.getMessage());
    }
    calls.close();
  }
}
