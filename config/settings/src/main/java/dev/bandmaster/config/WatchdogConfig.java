package dev.bandmaster.config;

import dev.bandmaster.yaml.Secret;
import dev.bandmaster.yaml.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * An outside watchdog that is fed as long as alerts can reach people.
 *
 * @param url what is called; whoever knows it can feed the watchdog, so it is a secret
 * @param interval between two calls
 */
public record WatchdogConfig(Secret url, Duration interval) {
  static WatchdogConfig read(Section section) {
    return new WatchdogConfig(
        section
            .secret(
                "url",
                "The address that the watchdog gives you, such as a check's ping URL of"
                    + " healthchecks.io.")
            .where(WatchdogConfig::isAddress, "must be an http or https address")
            .required(),
        section
            .duration(
                "interval",
                Duration.ofSeconds(10),
                Duration.ofDays(1),
                "Between two calls. Let the watchdog wait for three of them before it says"
                    + " anything.")
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
