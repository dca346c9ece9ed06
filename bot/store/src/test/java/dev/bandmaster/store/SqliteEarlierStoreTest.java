package dev.bandmaster.store;

import dev.bandmaster.core.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteEarlierStoreTest extends EarlierStoreContract {
  @TempDir Path folder;

  @Override
  Store openEarlier() {
    Path file = folder.resolve("earlier.db");
    StoredFixtures.unpack(11, file);
    return JdbiStore.open(new StoreSettings.Sqlite(file), StoredRows.CLOCK);
  }

  @Override
  Store openEmpty() {
    return JdbiStore.open(new StoreSettings.Sqlite(folder.resolve("empty.db")), StoredRows.CLOCK);
  }
}
