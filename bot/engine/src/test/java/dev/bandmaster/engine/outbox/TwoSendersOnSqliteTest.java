package dev.bandmaster.engine.outbox;

import dev.bandmaster.core.store.Store;
import dev.bandmaster.store.JdbiStore;
import dev.bandmaster.store.StoreSettings;
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
