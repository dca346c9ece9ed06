package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.store.JdbiStore;
import dev.bandmaster.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of stores that are not of this version, or not whole. */
class StorageMigrateTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

  /** The newest step, which makes the table {@code command_alias} and nothing else. */
  private static final String NEWEST = "39";

  @TempDir private Path folder;
  private Path database;
  private Typed typed;

  @BeforeEach
  void config() throws IOException {
    database = folder.resolve("bandmaster.db");
    typed = Typed.in(folder, "amqp://guest:guest@localhost:1/", "web: {port: 0}");
  }

  private void fill() {
    try (Store store = JdbiStore.open(new StoreSettings.Sqlite(database), InstantSource.system())) {
      store.commit(new Change.AppendAudit(Typed.entry(NOON, "ping", "answered")));
    }
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /** As an earlier version left it: the newest step has not been done. */
  private void older() throws SQLException {
    fill();
    sql(
        "DROP TABLE command_alias",
        "DELETE FROM flyway_schema_history WHERE version = '%s'".formatted(NEWEST));
  }

  private void newer() throws SQLException {
    fill();
    sql(
        "INSERT INTO flyway_schema_history SELECT installed_rank + 1000, '999', 'later', type,"
            + " 'V999__later.sql', checksum, installed_by, installed_on, execution_time, success"
            + " FROM flyway_schema_history WHERE version = '%s'".formatted(NEWEST));
  }

  private String startFails() {
    Throwable failure =
        Assertions.catchThrowable(() ->
            Bot.start(
                    ConfigFile.load(typed.config()),
                    InstantSource.system(),
                    new Random(7),
                    new CompletableFuture<String>()::complete)
                .close());
    assertThat(failure).isNotNull();
    return String.valueOf(failure.getMessage());
  }

  private byte[] bytes() throws IOException {
    return Files.readAllBytes(database);
  }

  @Test
  void trustT23_checkOnlyReads() throws Exception {
    Typed.Ended empty = typed.run("check");
    assertThat(empty.code()).as("Slack is not there").isEqualTo(1);
    assertThat(database).doesNotExist();
    older();
    byte[] before = bytes();
    typed.run("check");
    assertThat(bytes()).isEqualTo(before);
  }

  @Test
  void trustT23_anOlderStoreIsMigratedOnPurposeAndCopiedFirst() throws Exception {
    older();
    assertThat(startFails()).contains("bandmaster storage migrate", "Nothing was changed");

    Typed.Ended migrated = typed.run("storage", "migrate");

    assertThat(migrated.err()).isEmpty();
    assertThat(migrated.code()).isZero();
    assertThat(migrated.out()).contains("bandmaster.db.before-", "The store was migrated");
    assertThat(typed.run("storage", "migrate").out()).contains("nothing was changed");
    fill();

    // Going back: the copy takes the store's place.
    Path copy;
    try (var files = Files.list(folder)) {
      copy = files.filter(file -> file.toString().contains(".before-")).findFirst().orElseThrow();
    }
    Files.deleteIfExists(folder.resolve("bandmaster.db-wal"));
    Files.deleteIfExists(folder.resolve("bandmaster.db-shm"));
    Files.copy(copy, database, StandardCopyOption.REPLACE_EXISTING);
    assertThat(startFails()).as("it is the old form again").contains("storage migrate");
    assertThat(typed.run("audit", "verify").out()).contains("intact: 1 rows");
  }

  @Test
  void trustT23_aNewerStoreIsRefusedAndNotChanged() throws Exception {
    newer();
    byte[] before = bytes();
    assertThat(startFails()).contains("schema version 999, made by a newer Bandmaster");
    Typed.Ended migrate = typed.run("storage", "migrate");
    assertThat(migrate.code()).isEqualTo(1);
    assertThat(migrate.err()).contains("made by a newer Bandmaster");
    assertThat(bytes()).isEqualTo(before);
  }

  @Test
  void trustT24_aDamagedFileIsASentence() throws Exception {
    Files.writeString(database, "this is no database, ".repeat(1_000));
    assertThat(startFails()).contains("is damaged or is not a store", "restore a backup");
    assertThat(typed.run("audit", "verify").err())
        .contains("bandmaster.db")
        .doesNotContain("at dev.bandmaster");
  }
}
