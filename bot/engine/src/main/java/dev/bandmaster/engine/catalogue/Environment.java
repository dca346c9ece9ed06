package dev.bandmaster.engine.catalogue;

import dev.bandmaster.plugin.PlanningContext.Delegation;
import java.util.Optional;

/**
 * An environment that commands may name.
 *
 * @param isProtected whether rights are checked on fresh data and buttons ask twice
 * @param after the environment in which a version must have run before it comes here
 * @param description what it is for, for people; may be empty
 * @param delegation what may be asked of the service that carries out its work; empty where agents
 *     do
 */
public record Environment(
    boolean isProtected,
    Optional<String> after,
    String description,
    Optional<Delegation> delegation) {

  /** An environment on whose nodes agents work. */
  public Environment(boolean isProtected, Optional<String> after, String description) {
    this(isProtected, after, description, Optional.empty());
  }

  /** An environment without a description. */
  public Environment(boolean isProtected, Optional<String> after) {
    this(isProtected, after, "");
  }
}
