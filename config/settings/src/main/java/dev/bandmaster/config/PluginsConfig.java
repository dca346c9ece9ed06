package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where plugins come from.
 *
 * @param directory folder of the jars and their configuration sections; empty for no jars
 * @param versions folder of the private copies; empty for one inside of the folder of the jars
 * @param timeout how long a call of a jar's plugin may take
 * @param scripts plugins that are programs, by name
 * @param channels ids of channels into which plugins that hear of events may post
 * @param hosts names of hosts that they may call
 */
public record PluginsConfig(
    Optional<Path> directory,
    Optional<Path> versions,
    Duration timeout,
    Map<String, Script> scripts,
    List<String> channels,
    List<String> hosts) {

  /** Plugins that only add commands. */
  public PluginsConfig(
      Optional<Path> directory,
      Optional<Path> versions,
      Duration timeout,
      Map<String, Script> scripts) {
    this(directory, versions, timeout, scripts, List.of(), List.of());
  }

  /** No plugins. */
  public static final PluginsConfig NONE =
      new PluginsConfig(Optional.empty(), Optional.empty(), Duration.ofSeconds(10), Map.of());

  private static final long LEAST_MEMORY = 16L * 1024 * 1024;
  private static final long MOST_MEMORY = 16L * 1024 * 1024 * 1024;
  private static final long USUAL_MEMORY = 512L * 1024 * 1024;

  public PluginsConfig {
    scripts = Ordered.copy(scripts);
    channels = List.copyOf(channels);
    hosts = List.copyOf(hosts);
  }

  /** Whether there are commands that others have written. */
  public boolean isUsed() {
    return directory.isPresent() || !scripts.isEmpty();
  }

  /** Jars from this folder, and otherwise nothing special. */
  public static PluginsConfig in(Path folder) {
    return new PluginsConfig(Optional.of(folder), Optional.empty(), NONE.timeout(), Map.of());
  }

  /**
   * A plugin that is a program.
   *
   * @param command an absolute path, and its arguments as they are; no shell sees them
   * @param memory most bytes of address space of each of its processes
   * @param environment variables it gets
   */
  public record Script(
      List<String> command, Duration timeout, long memory, Map<String, String> environment) {
    public Script {
      command = List.copyOf(command);
      environment = Ordered.copy(environment);
    }

    static Script read(Section section) {
      Script script =
          new Script(
              section
                  .list(
                      "command",
                      Kinds.text(),
                      "Absolute path of the program, and its arguments. It runs without a shell; "
                          + "see [script plugins](../how-to/plugins-script.md).")
                  .required(),
              section
                  .duration(
                      "timeout",
                      Duration.ofMillis(100),
                      Duration.ofMinutes(1),
                      "Maximum run time for one question; after that the program and its child "
                          + "processes are killed.")
                  .orDefault(NONE.timeout()),
              section
                  .field(
                      "memory",
                      Kinds.size(LEAST_MEMORY, MOST_MEMORY),
                      "Maximum address space of each of its processes.")
                  .orDefault(USUAL_MEMORY),
              section
                  .map(
                      "environment",
                      Kinds.text(),
                      "Environment variables of the program, beside `PATH` and `LANG`; it gets no "
                          + "others. Their values are removed from its errors.")
                  .orDefault(Map.of()));
      if (script.command().isEmpty() || !script.command().getFirst().startsWith("/")) {
        section.refuse("command", "must begin with an absolute path");
      }
      return script;
    }
  }

  static PluginsConfig read(Section section) {
    return new PluginsConfig(
        section
            .path(
                "directory",
                "Folder of the plugins' jars, such as `plugins`. Beside a jar, `NAME.yaml` is the "
                    + "configuration section of the plugin `NAME`. A changed file is taken while "
                    + "the bot runs; see [plugins](../how-to/plugins.md).")
            .optional(),
        section
            .path(
                "versions",
                "Folder for the bot's copies of the jars, which are kept until the jobs that they "
                    + "planned have ended; without this key, `.versions` in `directory`.")
            .optional(),
        section
            .duration(
                "timeout",
                Duration.ofMillis(100),
                Duration.ofMinutes(1),
                "Maximum time of one call to a jar's plugin.")
            .orDefault(NONE.timeout()),
        section
            .map("scripts", Kinds.section(Script::read), "Plugins that are programs, by name.")
            .orDefault(Map.of()),
        section
            .list(
                "channels",
                Kinds.text("a channel id", id -> id.matches("[A-Za-z0-9]{1,40}")),
                "Channels into which plugins may post when something has happened; without this "
                    + "key, none.")
            .orDefault(List.of()),
        section
            .list(
                "hosts",
                Kinds.text(
                    "a host in lower case, or host:port",
                    host -> host.matches("[a-z0-9.-]{1,253}(:[0-9]{1,5})?")),
                "Hosts that plugins may call when something has happened; without this key, none.")
            .orDefault(List.of()));
  }
}
