package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How to tell that an app works.
 *
 * @param within how long after the restart the app may take to become well
 * @param every how often it is asked
 */
public record HealthCheck(Probe probe, Duration within, Duration every) {

  /** What is asked. */
  public sealed interface Probe {
    /** Well when the command exits with 0. */
    record Command(List<String> arguments) implements Probe {
      public Command {
        arguments = List.copyOf(arguments);
      }
    }

    /** Well when the page answers with a status from 200 to 299. */
    record Page(URI url) implements Probe {}
  }

  static HealthCheck read(Section section) {
    var command =
        section
            .field("command", AppDefinition.command(), "Well when this command exits with 0.")
            .optional();
    var url =
        section
            .field(
                "url",
                Kinds.uri("http", "https"),
                "Well when this page answers with a status from 200 to 299. Exactly one of"
                    + " `command` and `url`.")
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
                "How long after the restart the app may take to become well.")
            .orDefault(Duration.ofSeconds(30)),
        section
            .duration(
                "every", Duration.ofMillis(50), Duration.ofMinutes(5), "How often it is asked.")
            .orDefault(Duration.ofSeconds(1)));
  }
}
