package dev.bandmaster.engine.catalogue;

import java.util.Optional;

/**
 * An environment that commands may name.
 *
 * @param isProtected whether rights are checked on fresh data and buttons ask twice
 * @param after the environment in which a version must have run before it comes here
 * @param description what it is for, for people; may be empty
 */
public record Environment(boolean isProtected, Optional<String> after, String description) {

  /** An environment without a description. */
  public Environment(boolean isProtected, Optional<String> after) {
    this(isProtected, after, "");
  }
}
