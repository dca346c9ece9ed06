package dev.bandmaster.bus;

import dev.bandmaster.model.Backoff;
import java.net.URI;
import java.time.Duration;

/**
 * How to reach the broker.
 *
 * @param uri {@code amqp://user:password@host:port/vhost} or {@code amqps://…}; holds a password
 *     and is never shown
 * @param collective the fleet this program belongs to
 * @param name the connection's name in the broker's lists: the replica's or the node's name
 * @param prefix the beginning of every exchange's and queue's name; {@code bandmaster} unless
 *     several installations share one virtual host
 * @param firstRetry the shortest wait before connecting again
 * @param longestRetry the longest wait; waits double from the shortest, each shortened by chance by
 *     up to half
 */
public record ConnectionSettings(
    String uri,
    String collective,
    String name,
    String prefix,
    Duration firstRetry,
    Duration longestRetry) {
  public ConnectionSettings {
    if (!prefix.matches("[a-z0-9-]{1,40}")) {
      throw new IllegalArgumentException(
          "the prefix of exchanges has 1 to 40 lower-case letters, digits and hyphens");
    }
    // Refuses waits that do not grow.
    var _ = new Backoff(firstRetry, longestRetry);
  }

  /** The usual settings: prefix {@code bandmaster}, first retry after 0.2 s, then up to 15 s. */
  public static ConnectionSettings of(String uri, String collective, String name) {
    return new ConnectionSettings(
        uri, collective, name, "bandmaster", Duration.ofMillis(200), Duration.ofSeconds(15));
  }

  public ConnectionSettings withName(String newName) {
    return new ConnectionSettings(uri, collective, newName, prefix, firstRetry, longestRetry);
  }

  public ConnectionSettings withPrefix(String newPrefix) {
    return new ConnectionSettings(uri, collective, name, newPrefix, firstRetry, longestRetry);
  }

  public ConnectionSettings withRetries(Duration first, Duration longest) {
    return new ConnectionSettings(uri, collective, name, prefix, first, longest);
  }

  /** Where the broker is, without user and password. */
  public String address() {
    try {
      URI parsed = URI.create(uri);
      return parsed.getHost()
          + (parsed.getPort() < 0 ? "" : ":" + parsed.getPort())
          + parsed.getRawPath();
    } catch (IllegalArgumentException unreadable) {
      return "an address that is not a URI";
    }
  }

  @Override
  public String toString() {
    return "ConnectionSettings[" + address() + ", " + collective + ", " + name + "]";
  }
}
