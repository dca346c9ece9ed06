package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
  @TempDir Path folder;
  private StoreSettings settings;
  private Path file;

  @BeforeEach
  void choose() {
    file = folder.resolve("bandmaster.db");
    settings = new StoreSettings.Sqlite(file);
  }

  private Store open() {
    return JdbiStore.open(settings, InstantSource.system());
  }

  private static boolean receive(Store store, int number) {
    return store
        .inbox()
        .receive(
            new Change.AcceptDelivery(
                "key" + number, "events_api", "{}", NOON.plusMillis(number), "bot-1"))
        .isPresent();
  }

  private List<String> problems() {
    try (Storage storage = Storage.look(settings)) {
      return storage.check().stream()
          .filter(finding -> !finding.good())
          .map(Storage.Finding::sentence)
          .toList();
    }
  }

  @Test
  void lifecycle_aStoreThatCannotBeOpenedLeavesNoLock() throws IOException {
    Files.writeString(file, "no database at all, ".repeat(100));
    assertThatThrownBy(this::open).isInstanceOf(RuntimeException.class);
    Files.delete(file);
    try (Store store = open()) {
      assertThat(receive(store, 1)).isTrue();
    }
  }

  @Test
  void trustT15_theStoreAndWhatLiesBesideItAreForTheirOwnerOnly() throws IOException {
    Path file = folder.resolve("made/by/us/bandmaster.db");
    settings = new StoreSettings.Sqlite(file);
    try (Store store = open()) {
      assertThat(receive(store, 1)).isTrue();
      for (String name : List.of("", "-wal", "-shm", ".lock")) {
        assertThat(rights(file.resolveSibling("bandmaster.db" + name))).isEqualTo("rw-------");
      }
      assertThat(rights(file.resolveSibling(""))).isEqualTo("rwx------");
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    open().close();
    assertThat(rights(file)).isEqualTo("rw-------");
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void storeS4_aBackupIsMadeWhileTheBotWritesAndHoldsOneMoment() throws InterruptedException {
    Path copy = folder.resolve("copy.db");
    AtomicBoolean going = new AtomicBoolean(true);
    try (Store store = open();
        Storage storage = Storage.look(settings)) {
      for (int i = 0; i < 500; i++) {
        assertThat(receive(store, i)).isTrue();
      }
      Thread writer =
          Thread.ofVirtual()
              .name("writer")
              .start(() -> {
                for (int i = 500; going.get(); i++) {
                  receive(store, i);
                }
              });
      storage.backup(copy);
      going.set(false);
      writer.join();
    }
    assertThat(folder.resolve("copy.db.partial")).doesNotExist();
    settings = new StoreSettings.Sqlite(copy);
    assertThat(problems()).isEmpty();
    try (Store restored = open()) {
      assertThat(restored.inbox().unhandled("bot-1")).hasSizeGreaterThanOrEqualTo(500);
    }
  }

  @Test
  void storeS4_aBackupOverwritesNothing() throws Exception {
    open().close();
    Path precious = Files.writeString(folder.resolve("precious"), "precious");
    try (Storage storage = Storage.look(settings)) {
      assertThatThrownBy(() -> storage.backup(precious))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("already");
    }
    assertThat(precious).hasContent("precious");
  }

  @Test
  void storeS4_theCommandForPostgresqlHoldsNoPassword() {
    assertThat(
            Storage.dumpCommand(
                new StoreSettings.Postgresql(
                    "jdbc:postgresql://db:5432/bandmaster?password=secret-7", "bot", "secret-7")))
        .isEqualTo(
            "pg_dump --format=custom --file=bandmaster.dump --username=bot"
                + " --dbname=postgresql://db:5432/bandmaster");
  }

  @Test
  void storeS4_aCheckSaysWhatIsWrong() throws SQLException {
    try (Store store = open()) {
      store.commit(new Change.CreateJob(SampleJobs.ping(1, "web1"), "bot-1"));
      assertThat(problems()).as("while the bot runs").isEmpty();
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = connection.createStatement()) {
      sql.execute("PRAGMA foreign_keys = OFF");
      sql.execute("DELETE FROM job");
      sql.execute("UPDATE audit_head SET number = 3");
    }
    assertThat(problems())
        .satisfiesExactlyInAnyOrder(
            problem -> assertThat(problem).contains("are invalid"),
            problem -> assertThat(problem).contains("audit log is broken at row 1"));
  }

  @Test
  void whereThereIsNoStoreNoneIsMade() {
    assertThatThrownBy(() -> Storage.look(settings))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("No store found");
    assertThat(file).doesNotExist();
  }
}
