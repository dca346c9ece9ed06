package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A systemd unit that people may control by a name, like an app without releases.
 *
 * @param unit the unit's name, such as {@code nginx.service}
 * @param systemctl the beginning of the command, an argument array that no shell reads
 * @param health what is asked after a start, a restart or a reload, beside systemd itself
 * @param timeout for each command
 */
public record UnitDefinition(
    String unit, List<String> systemctl, Optional<HealthCheck> health, Duration timeout) {

  /** Never an option of systemctl, and never a pattern that fits several units. */
  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z0-9_][A-Za-z0-9:_.@\\\\-]{0,199}\\.(service|socket|timer|target|path|mount)");

  /** Whether this is the full name of a unit, and nothing that systemd's programs take as more. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  public UnitDefinition {
    systemctl = List.copyOf(systemctl);
  }

  static UnitDefinition read(Section section) {
    return new UnitDefinition(
        section
            .text("unit", "The unit's full name, such as `nginx.service`.")
            .where(UnitDefinition::isName, "must be the full name of a unit, such as nginx.service")
            .required(),
        section
            .list(
                "systemctl",
                Kinds.text(),
                "The beginning of each command, such as `[sudo, -n, /usr/bin/systemctl]` or "
                    + "`[systemctl, --user]`. The action and the unit follow.")
            .orDefault(List.of("systemctl")),
        section
            .section(
                "health",
                HealthCheck::read,
                "Health check after a start, a restart or a reload; without this key, the unit's "
                    + "state counts.")
            .optional(),
        section
            .duration(
                "timeout",
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                "Maximum run time of each command.")
            .orDefault(Duration.ofMinutes(2)));
  }
}
