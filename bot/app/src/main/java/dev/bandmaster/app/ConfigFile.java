package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.yaml.Loaded;
import dev.bandmaster.yaml.StrictYaml;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The option that names the configuration file. */
final class ConfigFile {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigFile.class);

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration file, such as config/bandmaster.yaml.")
  private Path file = Path.of("");

  /**
   * Reads it.
   *
   * @throws dev.bandmaster.yaml.BadConfigException with every mistake in it
   */
  BotConfig load() {
    return load(file);
  }

  /** Reads another one. */
  static BotConfig load(Path file) {
    Loaded<BotConfig> loaded = ConfigLoader.load(file, StrictYaml.standard());
    loaded.warnings().forEach(warning -> LOG.warn("{}", warning));
    return loaded.value();
  }
}
