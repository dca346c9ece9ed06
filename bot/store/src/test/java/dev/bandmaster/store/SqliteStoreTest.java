package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Inbox;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("every store that is opened sets the folder of the native library for the whole process")
class SqliteStoreTest extends StoreContract {
  private static final String IN_USE = "Another process uses the store";

  @TempDir Path folder;

  private StoreSettings settings() {
    return new StoreSettings.Sqlite(folder.resolve("data/bandmaster.db"));
  }

  @Override
  protected Store open() {
    return JdbiStore.open(settings(), clock);
  }

  @Test
  void whatIsCommittedIsThereAfterANewStart(@TempDir Path elsewhere) {
    StoreSettings file = new StoreSettings.Sqlite(elsewhere.resolve("bandmaster.db"));
    Inbox.Item item;
    try (Store first = JdbiStore.open(file, clock)) {
      item =
          first
              .inbox()
              .receive(new Change.AcceptDelivery("key", "events_api", "{}", NOON, "bot-1"))
              .orElseThrow();
      first.commit(new Change.CreateJob(SampleJobs.ping(1, "web1"), "bot-1"));
    }
    try (Store second = JdbiStore.open(file, clock)) {
      assertThat(second.inbox().unhandled("bot-1")).containsExactly(item);
      assertThat(second.jobs().unfinished("bot-1")).containsExactly(SampleJobs.ping(1, "web1"));
    }
  }

  @Test
  void storeS1_everyConnectionHasTheSettingsThatKeepWhatWasCommitted(@TempDir Path elsewhere) {
    Path file = elsewhere.resolve("bandmaster.db");
    try (Database database = Database.open(new StoreSettings.Sqlite(file))) {
      assertThat(
              List.<Map<String, String>>of(
                  database.writing(SqliteStoreTest::settings),
                  database.read(SqliteStoreTest::settings)))
          .allSatisfy(settings ->
              assertThat(settings)
                  .containsEntry("journal_mode", "wal")
                  .as("2 is FULL")
                  .containsEntry("synchronous", "2")
                  .containsEntry("foreign_keys", "1")
                  .containsEntry("busy_timeout", "5000"));
      assertThat(database.<List<String>>read(SqliteStoreTest::looseTables)).isEmpty();
      assertThat(elsewhere.resolve("bandmaster.db.lock")).exists();
      assertThat(System.getProperty("org.sqlite.tmpdir"))
          .isEqualTo(elsewhere.resolve("native").toString());
    }
  }

  @Test
  void whatAKilledProcessHasLeftOfTheDriverIsTakenAway(@TempDir Path elsewhere) throws IOException {
    Path left =
        Files.createDirectories(elsewhere.resolve("native"))
            .resolve("sqlite-3.0.0-x-libsqlitejdbc.so");
    Files.writeString(left, "a megabyte");
    Files.writeString(left.resolveSibling(left.getFileName() + ".lck"), "");
    Path other = Files.writeString(left.resolveSibling("notes.txt"), "mine");
    Database.open(new StoreSettings.Sqlite(elsewhere.resolve("bandmaster.db"))).close();
    assertThat(left.getParent()).isDirectoryNotContaining("glob:**libsqlitejdbc*");
    assertThat(other).exists();
  }

  private static Map<String, String> settings(Handle handle) {
    return Stream.of("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        .collect(
            Collectors.toMap(
                name -> name,
                name -> handle.createQuery("PRAGMA " + name).mapTo(String.class).one()));
  }

  private static List<String> looseTables(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
            AND strict = 0 AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'flyway%'\
            """)
        .mapTo(String.class)
        .list();
  }

  @Test
  void storeS1_aWriterHoldsTheWriteLockFromItsBeginning(@TempDir Path elsewhere) throws Exception {
    Path file = elsewhere.resolve("bandmaster.db");
    try (Database database = Database.open(new StoreSettings.Sqlite(file));
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 0");
      database.write(handle ->
          assertThatThrownBy(() -> statement.execute("BEGIN IMMEDIATE"))
              .isInstanceOf(SQLException.class)
              .hasMessageContaining("SQLITE_BUSY"));
    }
  }

  @Test
  void storeS1_aSecondStoreOnTheSameFileIsRefused() {
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining(IN_USE)
        .hasMessageContaining("for two replicas use PostgreSQL");
  }

  @Test
  void storeS1_aSecondProcessOnTheSameFileSeesWhatToDo() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SecondProcess.class.getName(),
                folder.resolve("data/bandmaster.db").toString())
            .redirectErrorStream(true)
            .start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(output).contains(IN_USE).contains("Stop it first");
      assertThat(process.exitValue()).isEqualTo(3);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Opens the store that another process has open. */
  static final class SecondProcess {
    private SecondProcess() {}

    public static void main(String[] arguments) throws IOException {
      try (Store store =
          JdbiStore.open(new StoreSettings.Sqlite(Path.of(arguments[0])), InstantSource.system())) {
        System.out.println("opened " + store);
      } catch (StoreUnavailable e) {
        System.out.println(e.getMessage());
        System.exit(3);
      }
    }
  }
}
