package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.time.Duration;
import java.util.Map;

/**
 * How long the bot waits for the fleet.
 *
 * @param deadline for commands that declare none
 * @param deadlines by a command's name or alias; they override what commands declare
 * @param redraw shortest time between two redraws of one job's message
 * @param lease how long a replica is silent before another takes up its jobs
 */
public record JobsConfig(
    Duration deadline, Map<String, Duration> deadlines, Duration redraw, Duration lease) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  public static final JobsConfig STANDARD =
      new JobsConfig(
          Duration.ofSeconds(60), Map.of(), Duration.ofSeconds(2), Duration.ofSeconds(10));

  public JobsConfig {
    deadlines = Map.copyOf(deadlines);
  }

  static JobsConfig read(Section section) {
    return new JobsConfig(
        section
            .duration(
                "deadline",
                SHORTEST,
                LONGEST,
                "How long a command that declares no deadline may take before nodes that said nothing"
                    + " are named as silent.")
            .orDefault(STANDARD.deadline()),
        section
            .map(
                "deadlines",
                Kinds.duration(SHORTEST, LONGEST),
                "Deadlines of single commands by name or alias, such as `ping: 5s`. They are merged"
                    + " over what commands declare themselves: a command that is not named here"
                    + " keeps its own deadline, and one without any takes `deadline`.")
            .orDefault(STANDARD.deadlines()),
        section
            .duration(
                "redraw",
                Duration.ofMillis(100),
                Duration.ofMinutes(1),
                "Shortest time between two redraws of one job's message. Slack allows about one a"
                    + " second for all messages together.")
            .orDefault(STANDARD.redraw()),
        section
            .duration(
                "lease",
                Duration.ofSeconds(2),
                Duration.ofMinutes(10),
                "With two or more replicas: how long one is silent before another takes up its"
                    + " jobs.")
            .orDefault(STANDARD.lease()));
  }
}
