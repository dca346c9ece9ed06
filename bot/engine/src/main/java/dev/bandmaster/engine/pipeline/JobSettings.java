package dev.bandmaster.engine.pipeline;

import java.time.Duration;
import java.util.Map;

/**
 * How long commands may take before nodes that said nothing are named as silent.
 *
 * @param deadline for commands without one of their own
 * @param deadlines by command
 */
public record JobSettings(Duration deadline, Map<String, Duration> deadlines) {
  public JobSettings {
    deadlines = Map.copyOf(deadlines);
  }

  /** How long this command may take. */
  public Duration deadlineOf(String command) {
    return deadlines.getOrDefault(command, deadline);
  }
}
