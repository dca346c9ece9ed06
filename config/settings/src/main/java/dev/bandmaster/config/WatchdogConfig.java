package dev.bandmaster.config;

import dev.bandmaster.yaml.Secret;
import dev.bandmaster.yaml.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * An external dead man's switch that is called as long as alerts can be delivered.
 *
 * @param url the URL to call; a secret, because anyone who knows it can reset the watchdog
 * @param interval between two calls
 */
public record WatchdogConfig(Secret url, Duration interval) {
  static WatchdogConfig read(Section section) {
    return new WatchdogConfig(
        section
            .secret(
                "url",
                "The URL that the watchdog service gives you, such as a ping URL of "
                    + "healthchecks.io.")
            .where(WatchdogConfig::isAddress, "must be an http or https address")
            .required(),
        section
            .duration(
                "interval",
                Duration.ofSeconds(10),
                Duration.ofDays(1),
                "Interval between calls. Let the watchdog service wait for three missed "
                    + "calls before it raises an alarm.")
            .orDefault(Duration.ofMinutes(1)));
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
