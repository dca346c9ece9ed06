package dev.bandmaster.engine.pipeline;

/** What a person may do at all, somewhere: what help and suggestions may speak of. */
@FunctionalInterface
public interface PermissionCheck {
  /** Whether any rule could allow this here, with some arguments. */
  boolean mayEver(Asker asker, String permission);
}
