package dev.bandmaster.engine.plugins;

import dev.bandmaster.core.store.PluginVersions;
import dev.bandmaster.plugin.PluginSettings;
import dev.bandmaster.plugin.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where plugins come from and how long they may take.
 *
 * @param directory folder of the jars; empty for none
 * @param versions folder of the private copies
 * @param timeout how long a call may take
 */
public record PluginRules(Optional<Path> directory, Path versions, Duration timeout) {

  /** The file of a plugin's configuration section. */
  Optional<Path> settingsFile(String plugin) {
    return directory.map(folder -> folder.resolve(plugin + ".yaml"));
  }

  /** Reads a plugin's configuration section. */
  @FunctionalInterface
  public interface SettingsReader {
    /**
     * Reads it.
     *
     * @param file may be missing, which is a section without keys
     * @throws BadPluginException with every mistake in it
     */
    PluginSettings read(Path file, List<Setting> settings) throws BadPluginException;
  }

  /** A plugin in a list. */
  public record Line(
      String name,
      String version,
      String source,
      List<String> commands,
      Optional<String> off,
      Optional<PluginVersions.Version> jar) {
    public Line {
      commands = List.copyOf(commands);
    }
  }
}
