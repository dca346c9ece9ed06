package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.store.AuditChain;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreUnavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a file, and that the store comes back by itself. */
class SqliteFaultsTest {
  @TempDir Path folder;

  private static boolean receive(Store store, String key, String payload) {
    return store
        .inbox()
        .receive(new Change.AcceptDelivery(key, "events_api", payload, NOON, "bot-1"))
        .isPresent();
  }

  @Test
  void faultDiskFull_whatDoesNotFitIsRefusedAndWhatWasKeptStays() {
    Path file = folder.resolve("bandmaster.db");
    JdbiStore.open(new StoreSettings.Sqlite(file), InstantSource.system()).close();
    AtomicInteger pages = new AtomicInteger(100);
    GroupWriter writer = GroupWriter.start(() -> connection(file, pages.get()));
    try {
      keep(writer, "small", 10);
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> keep(writer, "large", 1_000_000))
            .isInstanceOf(StoreUnavailable.class)
            .hasMessageContaining("full");
        keep(writer, "small" + i, 10);
      }
      pages.set(10_000);
      assertThatThrownBy(() -> keep(writer, "large", 1_000_000))
          .as("the connection that still knows the old limit is given up")
          .isInstanceOf(StoreUnavailable.class);
      keep(writer, "large", 1_000_000);
      assertThat(
              writer.<Integer>run(handle ->
                  handle.createQuery("SELECT COUNT(*) FROM policy").mapTo(Integer.class).one()))
          .isEqualTo(5);
    } finally {
      writer.close();
    }
  }

  private static Connection connection(Path file, int pages) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA max_page_count = " + pages);
    }
    return connection;
  }

  private static void keep(GroupWriter writer, String hash, int size) {
    writer.run(handle ->
        handle.execute("INSERT INTO policy VALUES (?, 'name', ?, 1)", hash, "x".repeat(size)));
  }

  @Test
  void faultLocked_whoHoldsTheFileTooLongMakesTheStoreUnavailableUntilItLetsGo()
      throws SQLException {
    Path file = folder.resolve("bandmaster.db");
    try (Store store = JdbiStore.open(new StoreSettings.Sqlite(file), InstantSource.system());
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> receive(store, "key", "{}"))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("locked");
      assertThat(AuditChain.verify(store.audit(), Optional.empty()))
          .as("reading goes on")
          .isInstanceOf(AuditChain.Verdict.Whole.class);
      statement.execute("COMMIT");
      assertThat(receive(store, "key", "{}")).isTrue();
    }
  }
}
