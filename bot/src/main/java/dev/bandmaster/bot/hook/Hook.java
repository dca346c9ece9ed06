package dev.bandmaster.bot.hook;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A program that is run when nodes come and go.
 *
 * @param on at which happenings
 * @param environments of whose nodes; empty for all
 * @param command an absolute path, and its arguments as they are
 * @param timeout how long a run may take
 */
public record Hook(
    String name,
    Set<Happening> on,
    List<String> environments,
    List<String> command,
    Duration timeout) {

  /** What may happen to a node. */
  public enum Happening {
    JOIN,
    LEAVE,
    FAILED
  }

  public Hook {
    on = Set.copyOf(on);
    environments = List.copyOf(environments);
    command = List.copyOf(command);
  }

  boolean isFor(Happening happening, String environment) {
    return on.contains(happening) && (environments.isEmpty() || environments.contains(environment));
  }
}
