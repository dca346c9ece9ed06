package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Secret;
import dev.bandmaster.yaml.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Connection to the fleet.
 *
 * @param uri {@code amqp://…} or {@code amqps://…}, password included
 * @param collective the fleet's name; agents of other collectives do not listen
 * @param prefix the beginning of every exchange's and queue's name
 * @param keys the folder of the bot's own keys; made at the first start
 * @param enrolment who lets new nodes in
 * @param nodeKeyLifetime how long a node's key is meant to be used, from when it was accepted
 */
public record BusConfig(
    Secret uri,
    String collective,
    String prefix,
    Path keys,
    Enrolment enrolment,
    Duration nodeKeyLifetime) {

  /** Who lets new nodes in. */
  public enum Enrolment {
    /** A person accepts each node's fingerprint. */
    MANUAL,
    /** Anybody who reaches the broker is in: for demonstrations. */
    AUTOMATIC
  }

  static BusConfig read(Section section) {
    return new BusConfig(
        brokerUri(section),
        collective(section),
        prefix(section),
        section.path("keys", "Folder of the bot's keys; created at the first start.").required(),
        section
            .field(
                "enrolment",
                Kinds.choice(Enrolment.class),
                "How new nodes are enrolled: `manual` requires a person to accept each "
                    + "fingerprint; `automatic` accepts every node that reaches the broker and is "
                    + "meant for demos only.")
            .orDefault(Enrolment.MANUAL),
        section
            .duration(
                "node_key_lifetime",
                Duration.ofDays(1),
                Duration.ofDays(36_500),
                "How old a node's key may become. It goes on to count, but the operators are "
                    + "warned 60, 14 and 3 days before.")
            .orDefault(Duration.ofDays(730)));
  }

  static Secret brokerUri(Section section) {
    return section
        .secret(
            "uri",
            "URI of the broker: `amqps://user:password@host:port/vhost`. A secret "
                + "because it contains the password.")
        .where(uri -> uri.matches("amqps?://.+"), "must begin with amqps:// or amqp://")
        .where(
            BusConfig::isEscaped,
            "must be a URI: in its user, password and virtual host write %2F for /, %40 for @, "
                + "%3A for :, %23 for # and %25 for %")
        .required();
  }

  /** Whether host and path are read as they were meant, in spite of what the password holds. */
  private static boolean isEscaped(String uri) {
    try {
      URI parsed = new URI(uri);
      String path = parsed.getRawPath();
      return parsed.getHost() != null
          && parsed.getRawFragment() == null
          && (path == null || (path.lastIndexOf('/') <= 0 && path.indexOf('@') < 0));
    } catch (URISyntaxException notOne) {
      return false;
    }
  }

  static String collective(Section section) {
    return section
        .name("collective", "The fleet's name, the same for the bot and all agents.")
        .orDefault("main");
  }

  static String prefix(Section section) {
    return section
        .text(
            "prefix",
            "Prefix of all exchange and queue names; lets several installations share "
                + "one broker.")
        .where(
            prefix -> prefix.matches("[a-z0-9-]{1,40}"),
            "must be 1 to 40 lowercase letters, digits and dashes")
        .orDefault("bandmaster");
  }
}
