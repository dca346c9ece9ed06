package dev.bandmaster.config;

import dev.bandmaster.yaml.Section;
import java.util.Optional;

/**
 * An environment that commands may name.
 *
 * @param isProtected a protected environment: fresher group data, approvals, confirmation dialogs
 * @param after the environment in which a version has to have run before it comes here
 * @param backend what does its work; empty where agents on its hosts do
 */
public record EnvironmentConfig(
    boolean isProtected,
    String description,
    Optional<String> after,
    Optional<BackendConfig> backend) {

  static EnvironmentConfig read(Section section) {
    return new EnvironmentConfig(
        section
            .trueOrFalse(
                "protected",
                "Marks a protected environment: permissions are checked on fresh data, and "
                    + "buttons ask for confirmation.")
            .required(),
        section
            .text("description", "Description, shown by `where`; at most 200 characters.")
            .where(text -> text.length() <= 200, "must have at most 200 characters")
            .orDefault(""),
        section
            .name(
                "after",
                "Order of promotion: only versions that were deployed successfully to that "
                    + "environment may be deployed here.")
            .optional(),
        section
            .section(
                "backend",
                BackendConfig::read,
                "What carries out the work of this environment, if not agents on its hosts; see "
                    + "[bootstrapper](../how-to/bootstrapper.md) and "
                    + "[Ansible runners](../how-to/ansible-runner.md).")
            .optional());
  }
}
