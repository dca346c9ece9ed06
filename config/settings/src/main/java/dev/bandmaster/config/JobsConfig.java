package dev.bandmaster.config;

import dev.bandmaster.model.Nearest;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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

  static JobsConfig read(Section section, Map<String, String> commands) {
    section.renamed("redraw", "update_interval");
    JobsConfig jobs =
        new JobsConfig(
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
                    name -> refusal(name, commands),
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
    jobs.checkDeadlines(commands, section);
    return jobs;
  }

  private static Optional<String> refusal(String name, Map<String, String> commands) {
    return Optional.of(name)
        .filter(unknown -> !commands.containsKey(unknown))
        .map(unknown ->
            "is not a command that runs jobs" + Nearest.hint(unknown, commands.keySet()));
  }

  /** One command has one deadline, whatever names it has. */
  private void checkDeadlines(Map<String, String> commands, Section section) {
    Map<String, String> named = new HashMap<>();
    deadlines.keySet().stream()
        .sorted()
        .forEach(name -> {
          String other = named.putIfAbsent(commands.getOrDefault(name, name), name);
          if (other != null) {
            section.refuse(
                "deadlines",
                "has '%s' and '%s', which are the same command; keep one of them"
                    .formatted(other, name));
          }
        });
  }
}
