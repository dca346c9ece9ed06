package dev.bandmaster.config;

import dev.bandmaster.config.yaml.Section;

/**
 * An environment that commands may name.
 *
 * @param isProtected what happens here is dear: stricter group data, approvals, confirm dialogs
 */
public record EnvironmentConfig(boolean isProtected, String description) {

  static EnvironmentConfig read(Section section) {
    return new EnvironmentConfig(
        section
            .trueOrFalse(
                "protected",
                "Whether what happens here is dear: rights are checked on fresh data and buttons"
                    + " ask twice.")
            .required(),
        section.text("description", "What it is, for `help`.").orDefault(""));
  }
}
