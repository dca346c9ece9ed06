package dev.bandmaster.store;

import dev.bandmaster.core.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class SqliteSetAsideTest extends SetAsideContract {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("bandmaster.db");
  }

  @Override
  Store open() {
    return JdbiStore.open(new StoreSettings.Sqlite(file()), StoredRows.CLOCK);
  }

  @Override
  List<Storage.Finding> check() {
    try (Storage storage = Storage.look(new StoreSettings.Sqlite(file()))) {
      return storage.check();
    }
  }

  @Override
  void execute(String statement) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
