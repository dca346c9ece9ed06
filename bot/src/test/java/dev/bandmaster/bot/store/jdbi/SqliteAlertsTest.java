package dev.bandmaster.bot.store.jdbi;

import dev.bandmaster.bot.store.AlertsContract;
import dev.bandmaster.bot.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteAlertsTest extends AlertsContract {
  @TempDir Path folder;

  @Override
  protected Store open() {
    return JdbiStore.open(new StoreSettings.Sqlite(folder.resolve("bandmaster.db")), clock);
  }
}
