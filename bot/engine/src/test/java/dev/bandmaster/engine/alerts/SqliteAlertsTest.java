package dev.bandmaster.engine.alerts;

import dev.bandmaster.core.store.Store;
import dev.bandmaster.store.JdbiStore;
import dev.bandmaster.store.Migrations;
import dev.bandmaster.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class SqliteAlertsTest extends AlertsContract {
  @TempDir Path folder;

  @Override
  protected Store open() {
    return JdbiStore.open(new StoreSettings.Sqlite(folder.resolve("bandmaster.db")), clock);
  }

  @Override
  protected void execute(String statement) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bandmaster.db"));
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected List<String> migration(String file) throws IOException {
    return Migrations.sqlite(file);
  }
}
