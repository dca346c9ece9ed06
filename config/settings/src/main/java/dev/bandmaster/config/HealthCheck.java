package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A health check of an app.
 *
 * @param within how long the app may take to become healthy after the restart
 * @param every how often it is asked
 */
public record HealthCheck(Probe probe, Duration within, Duration every) {

  /** What is asked. */
  public sealed interface Probe {
    /** Healthy if the command exits with 0. */
    record Command(List<String> arguments) implements Probe {
      public Command {
        arguments = List.copyOf(arguments);
      }
    }

    /** Healthy if the URL answers with a status from 200 to 299. */
    record Page(URI url) implements Probe {}
  }

  static HealthCheck read(Section section) {
    var command =
        section
            .field("command", AppDefinition.command(), "A command; exit code 0 means healthy.")
            .optional();
    var url =
        section
            .field(
                "url",
                Kinds.uri("http", "https"),
                "A URL; a status from 200 to 299 means healthy. Exactly one of `command` and "
                    + "`url`.")
            .optional();
    section.exactlyOneOf("command", "url");
    var probe =
        command
            .<Probe>map(Probe.Command::new)
            .or(() -> url.map(Probe.Page::new))
            .orElseGet(() -> new Probe.Command(List.of()));
    return new HealthCheck(
        probe,
        section
            .duration(
                "within",
                Duration.ofMillis(100),
                Duration.ofHours(1),
                "How long the app may take to become healthy after the restart.")
            .orDefault(Duration.ofSeconds(30)),
        section
            .duration(
                "every", Duration.ofMillis(50), Duration.ofMinutes(5), "Interval between checks.")
            .orDefault(Duration.ofSeconds(1)));
  }
}
