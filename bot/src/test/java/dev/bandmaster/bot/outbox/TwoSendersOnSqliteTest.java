package dev.bandmaster.bot.outbox;

import dev.bandmaster.bot.store.Store;
import dev.bandmaster.bot.store.jdbi.JdbiStore;
import dev.bandmaster.bot.store.jdbi.StoreSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class TwoSendersOnSqliteTest extends TwoSendersContract {

  @TempDir private Path folder;

  @Override
  Store open() {
    return JdbiStore.open(
        new StoreSettings.Sqlite(folder.resolve("bandmaster.db")), InstantSource.system());
  }
}
