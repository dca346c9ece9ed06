package dev.bandmaster.config;

import dev.bandmaster.model.WebAddress;
import dev.bandmaster.yaml.Secret;
import dev.bandmaster.yaml.Section;
import java.nio.file.Path;
import java.util.Optional;

/** Where the bot remembers. Always said, never guessed. */
public sealed interface StoreConfig {

  /** One file beside the bot: right for one replica. */
  record Sqlite(Path file) implements StoreConfig {
    static Sqlite read(Section section) {
      return new Sqlite(
          section.path("file", "The database file; created at the first start.").required());
    }
  }

  /**
   * A PostgreSQL database: needed for two or more replicas.
   *
   * @param url {@code jdbc:postgresql://…}
   */
  record Postgresql(String url, String user, Optional<Secret> password) implements StoreConfig {
    static Postgresql read(Section section) {
      return new Postgresql(
          section
              .text("url", "URL of the database: `jdbc:postgresql://host:5432/bandmaster`.")
              .where(
                  url -> url.startsWith("jdbc:postgresql://"), "must begin with jdbc:postgresql://")
              .where(
                  url -> !WebAddress.holdsCredentials(url.substring("jdbc:".length())),
                  "must not hold a password; put it into password_file")
              .required(),
          section.text("user", "The database user.").required(),
          section
              .secret("password", "The user's password, if the database requires one.")
              .optional());
    }
  }

  static StoreConfig read(Section section) {
    var sqlite =
        section
            .section("sqlite", Sqlite::read, "A local file. Suitable for a single replica.")
            .optional();
    var postgresql =
        section
            .section(
                "postgresql",
                Postgresql::read,
                "A PostgreSQL database. Required for two or more replicas. If it is "
                    + "unreachable, the bot does not start; it never falls back to a file.")
            .optional();
    section.exactlyOneOf("sqlite", "postgresql");
    return sqlite
        .<StoreConfig>map(kind -> kind)
        .or(() -> postgresql)
        .orElseGet(() -> new Sqlite(Path.of(".")));
  }
}
