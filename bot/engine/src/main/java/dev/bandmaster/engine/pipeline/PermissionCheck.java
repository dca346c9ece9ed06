package dev.bandmaster.engine.pipeline;

/** What a person may do at all, somewhere: what help and suggestions may speak of. */
@FunctionalInterface
public interface PermissionCheck {
  /** Whether any rule could allow this here, with some arguments. */
  boolean mayEver(Asker asker, String permission);

  /** Whether help and suggestions may speak of a command. */
  default boolean mayEver(Asker asker, Command command) {
    return command.permissions().stream().anyMatch(permission -> mayEver(asker, permission));
  }
}
