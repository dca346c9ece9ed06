package dev.bandmaster.app;

import dev.bandmaster.engine.plugins.BadPluginException;
import dev.bandmaster.plugin.PluginSettings;
import dev.bandmaster.plugin.Setting;
import dev.bandmaster.yaml.BadConfigException;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import dev.bandmaster.yaml.StrictYaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the configuration sections of plugins, each a file of its own, as strictly as ours. */
final class PluginSections {
  private final StrictYaml yaml;

  PluginSections(StrictYaml yaml) {
    this.yaml = yaml;
  }

  /**
   * Reads a section.
   *
   * @param file may be missing, which is a section without keys
   * @throws BadPluginException with every mistake in it
   */
  PluginSettings read(Path file, List<Setting> settings) throws BadPluginException {
    if (!Files.exists(file)) {
      return missing(file, settings);
    }
    if (settings.isEmpty()) {
      throw new BadPluginException(
          "The plugin has no settings, and there is the file %s. Remove it."
              .formatted(file.getFileName()));
    }
    try {
      return yaml.load(file, section -> read(section, settings)).value();
    } catch (BadConfigException e) {
      throw new BadPluginException("Its configuration is wrong. " + e.getMessage());
    }
  }

  private static PluginSettings missing(Path file, List<Setting> settings)
      throws BadPluginException {
    List<String> needed = settings.stream().filter(Setting::required).map(Setting::key).toList();
    if (!needed.isEmpty()) {
      throw new BadPluginException(
          "It needs the settings %s. Write them into %s."
              .formatted(String.join(", ", needed), file));
    }
    return PluginSettings.NONE;
  }

  private static PluginSettings read(Section section, List<Setting> settings) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (Setting setting : settings) {
      value(section, setting).ifPresent(words -> values.put(setting.key(), words));
    }
    return new PluginSettings(values);
  }

  private static Optional<List<String>> value(Section section, Setting setting) {
    if (setting.required()
        && !section.has(setting.key())
        && !(setting.type() instanceof Setting.Type.Secret)) {
      section.refuse("the file is missing the key '%s'".formatted(setting.key()));
    }
    String key = setting.key();
    String description = setting.description();
    return switch (setting.type()) {
      case Setting.Type.Text _ -> section.text(key, description).optional().map(List::of);
      case Setting.Type.Secret _ ->
          setting.required()
              ? Optional.of(List.of(section.secret(key, description).required().reveal()))
              : section.secret(key, description).optional().map(secret -> List.of(secret.reveal()));
      case Setting.Type.WholeNumber(int least, int most) ->
          section
              .integer(key, least, most, description)
              .optional()
              .map(number -> List.of(number.toString()));
      case Setting.Type.Flag _ ->
          section.trueOrFalse(key, description).optional().map(flag -> List.of(flag.toString()));
      case Setting.Type.Span(Duration least, Duration most) ->
          section
              .duration(key, least, most, description)
              .optional()
              .map(span -> List.of(span.toMillis() + "ms"));
      case Setting.Type.Texts _ -> section.list(key, Kinds.text(), description).optional();
      case Setting.Type.Choice(List<String> words) ->
          section
              .field(
                  key,
                  Kinds.text("one of " + String.join(", ", words), words::contains),
                  description)
              .optional()
              .map(List::of);
    };
  }
}
