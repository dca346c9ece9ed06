package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where runbooks come from.
 *
 * @param directory a folder with a file for each, such as a checkout
 * @param define those in the configuration itself, by name
 */
public record RunbooksConfig(Optional<Path> directory, Map<String, RunbookConfig> define) {

  /** No runbooks. */
  public static final RunbooksConfig NONE = new RunbooksConfig(Optional.empty(), Map.of());

  public RunbooksConfig {
    define = Ordered.copy(define);
  }

  static RunbooksConfig read(Section section) {
    return new RunbooksConfig(
        section
            .path(
                "directory",
                "Folder with one file `<name>.yaml` for each runbook, such as a git checkout. It is "
                    + "read again when it changes.")
            .optional(),
        section
            .map(
                "define",
                Kinds.section(RunbookConfig::read),
                "Runbooks by name. A file in `directory` has the same keys as one of these.")
            .orDefault(Map.of()));
  }
}
