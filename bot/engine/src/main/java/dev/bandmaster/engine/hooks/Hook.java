package dev.bandmaster.engine.hooks;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A program that is run when nodes come and go.
 *
 * @param name what it is called in logs and figures
 * @param on at which changes; never empty
 * @param environments empty for all
 * @param command an absolute path, and its arguments as they are; no shell sees them
 * @param timeout how long a run may take
 */
public record Hook(
    String name,
    Set<NodeChange> on,
    List<String> environments,
    List<String> command,
    Duration timeout) {

  /** What may happen to a node. */
  public enum NodeChange {
    /** It is seen, for the first time or again. */
    JOIN,
    /** It said goodbye, or was dismissed. */
    LEAVE,
    /** It is down. */
    FAILED
  }

  public Hook {
    on = Set.copyOf(on);
    environments = List.copyOf(environments);
    command = List.copyOf(command);
  }

  /** Whether it wants to know of this, of a node of this environment. */
  public boolean isFor(NodeChange change, String environment) {
    return on.contains(change) && (environments.isEmpty() || environments.contains(environment));
  }
}
