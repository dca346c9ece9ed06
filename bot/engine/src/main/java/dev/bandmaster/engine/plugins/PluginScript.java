package dev.bandmaster.engine.plugins;

import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.PluginApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plugin that is a program: it is started for each question, answers in lines of JSON, and ends.
 *
 * @param name the plugin's name
 * @param command an absolute path, and its arguments as they are; no shell sees them
 * @param timeout how long one run may take
 * @param memory most bytes of address space of each of its processes
 * @param environment variables it gets beside {@code PATH} and {@code LANG}
 */
public record PluginScript(
    String name,
    List<String> command,
    Duration timeout,
    long memory,
    Map<String, String> environment) {

  /** Beside the run's own time: for its end by force. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  /** Commands of one script. */
  private static final int MOST_COMMANDS = 50;

  public PluginScript {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  Path file() {
    return Path.of(command.getFirst());
  }

  /**
   * Asks the script what it is.
   *
   * @throws BadPluginException if it cannot be started, or its answer is no declaration
   */
  LoadedPlugin load(PluginHealth health) throws BadPluginException {
    if (!PluginJar.isName(name)) {
      throw new BadPluginException("A plugin's name has lower case letters, digits and dashes.");
    }
    if (!Files.isExecutable(file())) {
      throw new BadPluginException(
          "There is no program %s that the bot may run.".formatted(file()));
    }
    var calls =
        new PluginCalls(name, timeout.plus(MARGIN), ClassLoader.getPlatformClassLoader(), health);
    // What it is given is never shown.
    calls.redact(new Redaction(List.copyOf(environment.values())));
    try {
      ScriptJson.Described described =
          calls.call(
              "while it was asked to describe itself",
              () ->
                  ScriptJson.described(
                      ScriptProcess.run(
                          this,
                          ScriptJson.describe(),
                          ask -> {
                            throw new ScriptException(
                                "asked a question while it was to describe itself");
                          })));
      if (!PluginJar.fits(described.api())) {
        throw new BadPluginException(
            "It was written for version %s of the plugin API; this bot has %s."
                .formatted(described.api(), PluginApi.VERSION));
      }
      if (described.commands().size() > MOST_COMMANDS) {
        throw new BadPluginException("It declares more than %d commands.".formatted(MOST_COMMANDS));
      }
      if (described.runbooks().size() > LoadedPlugin.MOST_RUNBOOKS) {
        throw new BadPluginException(
            "It declares more than %d runbooks.".formatted(LoadedPlugin.MOST_RUNBOOKS));
      }
      List<CommandPlugin> commands = new ArrayList<>();
      for (CommandDeclaration declaration : described.commands()) {
        commands.add(
            new GuardedCommand(name, new ScriptCommand(this, declaration), declaration, calls));
      }
      return new LoadedPlugin(
          name,
          described.version(),
          file(),
          Optional.empty(),
          commands,
          described.runbooks(),
          described.listens() ? Optional.of(new ScriptListener(this)) : Optional.empty(),
          calls,
          () -> {});
    } catch (PluginFailure e) {
      calls.close();
      throw new BadPluginException("It %s.".formatted(e.getMessage()));
    } catch (BadPluginException e) {
      calls.close();
      throw e;
    }
  }
}
