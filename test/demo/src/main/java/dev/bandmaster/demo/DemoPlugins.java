package dev.bandmaster.demo;

import dev.bandmaster.config.ExecConfig;
import dev.bandmaster.config.PluginsConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The plugins of a folder: jars, executable files as scripts, and those with a schema as modules.
 */
final class DemoPlugins {
  private static final long MEMORY = 1024L * 1024 * 1024;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Path folder;
  private final Map<String, PluginsConfig.Script> scripts = new TreeMap<>();
  private final Map<String, ExecConfig> modules = new TreeMap<>();

  DemoPlugins(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
    try (Stream<Path> files = Files.list(this.folder)) {
      files
          .filter(Files::isRegularFile)
          .filter(Files::isExecutable)
          .filter(file -> !file.toString().endsWith(".jar"))
          .sorted()
          .forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException("The folder of plugins cannot be read: " + folder, e);
    }
  }

  private void add(Path program) {
    String file = String.valueOf(program.getFileName());
    String name = file.contains(".") ? file.substring(0, file.indexOf('.')) : file;
    Path schema = folder.resolve(name + ".schema.json");
    if (Files.exists(schema)) {
      modules.put(
          name, new ExecConfig(List.of(program.toString()), schema, "a module to try", TIMEOUT));
    } else {
      scripts.put(
          name, new PluginsConfig.Script(List.of(program.toString()), TIMEOUT, MEMORY, Map.of()));
    }
  }

  /** Modules for all agents. */
  Map<String, ExecConfig> modules() {
    return modules;
  }

  /** Jars and scripts for the bot, whose copies go to a folder of the demo's own. */
  PluginsConfig config(Path versions) {
    return new PluginsConfig(Optional.of(folder), Optional.of(versions), TIMEOUT, scripts);
  }
}
