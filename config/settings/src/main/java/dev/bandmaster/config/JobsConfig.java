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
    section.renamed("redraw", "update_interval");
    return new JobsConfig(
        section
            .duration(
                "deadline",
                SHORTEST,
                LONGEST,
                "How long a command that declares no deadline waits for nodes before it reports"
                    + " those that have not answered.")
            .orDefault(STANDARD.deadline()),
        section
            .map(
                "deadlines",
                Kinds.duration(SHORTEST, LONGEST),
                "Deadlines of single commands by name or alias, such as `ping: 5s`. They override"
                    + " the deadlines that commands declare; a command that is not named here keeps"
                    + " its own, and one without any takes `deadline`.")
            .orDefault(STANDARD.deadlines()),
        section
            .duration(
                "update_interval",
                Duration.ofMillis(100),
                Duration.ofMinutes(1),
                "Minimum time between two updates of a job's message. Slack allows about one "
                    + "update per second for all messages together.")
            .orDefault(STANDARD.redraw()),
        section
            .duration(
                "lease",
                Duration.ofSeconds(2),
                Duration.ofMinutes(10),
                "With several replicas: how long one must be silent before another takes "
                    + "over its jobs.")
            .orDefault(STANDARD.lease()));
  }
}
