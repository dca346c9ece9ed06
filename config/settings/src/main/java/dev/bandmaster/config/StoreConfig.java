package dev.bandmaster.config;

import dev.bandmaster.model.WebAddress;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Secret;
import dev.bandmaster.yaml.Section;
import java.nio.file.Path;
import java.util.Optional;

/** Where the bot remembers. Always said, never guessed. */
public sealed interface StoreConfig {

  /** Who brings the tables of a store to a new version's form. */
  enum Migrate {
    /** {@code bandmaster storage migrate}, after a backup. An empty store is always set up. */
    MANUAL,
    /** The bot, at its start. */
    AUTOMATIC
  }

  /** Who migrates it. */
  Migrate migrate();

  /** Whether the bot migrates it by itself. */
  default boolean migrates() {
    return migrate() == Migrate.AUTOMATIC;
  }

  /** One file beside the bot: right for one replica. */
  record Sqlite(Path file, Migrate migrate) implements StoreConfig {
    /** One that is migrated by a person. */
    public Sqlite(Path file) {
      this(file, Migrate.MANUAL);
    }

    Sqlite with(Migrate choice) {
      return new Sqlite(file, choice);
    }

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
  record Postgresql(String url, String user, Optional<Secret> password, Migrate migrate)
      implements StoreConfig {
    Postgresql with(Migrate choice) {
      return new Postgresql(url, user, password, choice);
    }

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
              .optional(),
          Migrate.MANUAL);
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
                "A PostgreSQL database. Required for two or more replicas. While it is "
                    + "unreachable, the bot waits to start; it never falls back to a file.")
            .optional();
    section.exactlyOneOf("sqlite", "postgresql");
    Migrate migrate =
        section
            .field(
                "migrate",
                Kinds.choice(Migrate.class),
                "Who brings an existing store to a new version's form: `manual` is `bandmaster "
                    + "storage migrate`, which makes a backup first; `automatic` is the bot at its "
                    + "start. An empty store is always set up.")
            .orDefault(Migrate.MANUAL);
    return sqlite
        .<StoreConfig>map(kind -> kind.with(migrate))
        .or(() -> postgresql.map(kind -> kind.with(migrate)))
        .orElseGet(() -> new Sqlite(Path.of(".")));
  }
}
