package dev.bandmaster.store;

import dev.bandmaster.core.store.StoreUnavailable;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/** The form of the tables, and its versions. */
final class Schema {
  /** What stands in the migrations for what differs between the databases. */
  static final Map<String, String> SQLITE =
      Map.of(
          "bigint", "INTEGER",
          "strict", " STRICT",
          "members", "json_each(alert_episode.progress, '$.members')");

  static final Map<String, String> POSTGRESQL =
      Map.of(
          "bigint", "BIGINT",
          "strict", "",
          "members", "json_each(alert_episode.progress::json -> 'members')");

  private Schema() {}

  /**
   * How far the tables are; asking changes nothing.
   *
   * @param found the newest version they have had, or empty if there are none
   * @param known the version that this program makes
   * @param newer whether a newer program made them
   * @param pending how many steps are missing
   */
  record State(Optional<String> found, String known, boolean newer, int pending) {
    /** There is no store yet. */
    static final State NOTHING = new State(Optional.empty(), "", false, 1);

    /** Whether steps are missing that this program has. */
    boolean isOlder() {
      return !newer && found.isPresent() && pending > 0;
    }

    /** Why this program cannot work on them as they are, if it cannot. */
    Optional<String> refusal() {
      if (newer) {
        return Optional.of(
            "The store has schema version %s, made by a newer Bandmaster; this one knows versions up to %s. Nothing was changed. Start the newer one, or restore the backup from before it."
                .formatted(found.orElse(""), known));
      }
      return isOlder()
          ? Optional.of(
              "The store has schema version %s, and this Bandmaster needs %s. Nothing was changed. Run 'bandmaster storage migrate', which makes a backup first, or set 'store: migrate: automatic'."
                  .formatted(found.get(), known))
          : Optional.empty();
    }
  }

  static State state(DataSource source, Map<String, String> placeholders) {
    return state(flyway(source, placeholders));
  }

  private static State state(Flyway flyway) {
    MigrationInfo[] all = flyway.info().all();
    Optional<MigrationVersion> found =
        versions(all, info -> info.getState().isApplied()).max(MigrationVersion::compareTo);
    return new State(
        found.map(MigrationVersion::getVersion),
        versions(all, info -> !isFuture(info))
            .max(MigrationVersion::compareTo)
            .map(MigrationVersion::getVersion)
            .orElse(""),
        Arrays.stream(all).anyMatch(Schema::isFuture),
        Math.toIntExact(versions(all, info -> !info.getState().isApplied()).count()));
  }

  private interface Which {
    boolean isMeant(MigrationInfo info);
  }

  private static Stream<MigrationVersion> versions(MigrationInfo[] all, Which which) {
    return Arrays.stream(all)
        .filter(info -> info.getVersion() != null && which.isMeant(info))
        .map(MigrationInfo::getVersion);
  }

  private static boolean isFuture(MigrationInfo info) {
    return info.getState() == MigrationState.FUTURE_SUCCESS
        || info.getState() == MigrationState.FUTURE_FAILED;
  }

  /**
   * Brings the tables to this version's form.
   *
   * @throws StoreUnavailable if they have the form of a newer version; nothing was changed then
   */
  static void migrate(DataSource source, Map<String, String> placeholders) {
    Flyway flyway = flyway(source, placeholders);
    State state = state(flyway);
    if (state.newer()) {
      throw new StoreUnavailable(state.refusal().orElseThrow());
    }
    flyway.migrate();
  }

  private static Flyway flyway(DataSource source, Map<String, String> placeholders) {
    return Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration")
        .placeholders(placeholders)
        .communityDBSupportEnabled(false)
        .load();
  }
}
