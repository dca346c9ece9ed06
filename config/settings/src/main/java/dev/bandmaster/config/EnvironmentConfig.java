package dev.bandmaster.config;

import dev.bandmaster.yaml.Section;
import java.util.Optional;

/**
 * An environment that commands may name.
 *
 * @param isProtected what happens here is dear: stricter group data, approvals, confirm dialogs
 * @param after the environment in which a version has to have run before it comes here
 */
public record EnvironmentConfig(boolean isProtected, String description, Optional<String> after) {

  static EnvironmentConfig read(Section section) {
    return new EnvironmentConfig(
        section
            .trueOrFalse(
                "protected",
                "Whether what happens here is dear: rights are checked on fresh data and buttons"
                    + " ask twice.")
            .required(),
        section.text("description", "What it is, for `help`.").orDefault(""),
        section
            .name(
                "after",
                "The order of promotion: only a version that has run there with success comes here.")
            .optional());
  }
}
