package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Secret;
import dev.bandmaster.yaml.Section;
import java.nio.file.Path;

/**
 * How the bot reaches the fleet.
 *
 * @param uri {@code amqp://…} or {@code amqps://…}, password included
 * @param collective the fleet's name; agents of other collectives do not listen
 * @param prefix the beginning of every exchange's and queue's name
 * @param keys the folder of the bot's own keys; made at the first start
 * @param enrolment who lets new nodes in
 */
public record BusConfig(
    Secret uri, String collective, String prefix, Path keys, Enrolment enrolment) {

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
        section
            .path("keys", "Folder of the bot's own keys; they are made there at the first start.")
            .required(),
        section
            .field(
                "enrolment",
                Kinds.choice(Enrolment.class),
                "Who lets new nodes in: `manual` asks a person to accept each fingerprint;"
                    + " `automatic` takes everybody who reaches the broker and is for demonstrations.")
            .orDefault(Enrolment.MANUAL));
  }

  static Secret brokerUri(Section section) {
    return section
        .secret(
            "uri",
            "The broker: `amqps://user:password@host:port/vhost`. A secret, for the password in it.")
        .where(uri -> uri.matches("amqps?://.+"), "must begin with amqps:// or amqp://")
        .required();
  }

  static String collective(Section section) {
    return section
        .name("collective", "The fleet's name. Bot and agents of one fleet have the same.")
        .orDefault("main");
  }

  static String prefix(Section section) {
    return section
        .text(
            "prefix",
            "The beginning of every exchange's and queue's name, for several installations on one"
                + " broker.")
        .where(
            prefix -> prefix.matches("[a-z0-9-]{1,40}"),
            "must have 1 to 40 lower-case letters, digits and dashes")
        .orDefault("bandmaster");
  }
}
