package dev.bandmaster.engine.pipeline;

import java.util.Optional;

/** What a person may do at all, somewhere: what help and suggestions may speak of. */
@FunctionalInterface
public interface PermissionCheck {
  /**
   * Whether any rule could allow this here, with some arguments.
   *
   * @param environment where it would be; empty for anywhere
   * @param application on what; empty for anything
   */
  boolean mayEver(
      Asker asker, String permission, Optional<String> environment, Optional<String> application);

  /** Whether any rule could allow this here, somewhere and on something. */
  default boolean mayEver(Asker asker, String permission) {
    return mayEver(asker, permission, Optional.empty(), Optional.empty());
  }

  /** Whether help and suggestions may speak of a command there. */
  default boolean mayEver(
      Asker asker, Command command, Optional<String> environment, Optional<String> application) {
    return command.permissions().stream()
        .anyMatch(permission -> mayEver(asker, permission, environment, application));
  }

  /** Whether help and suggestions may speak of a command. */
  default boolean mayEver(Asker asker, Command command) {
    return command.permissions().stream().anyMatch(permission -> mayEver(asker, permission));
  }
}
