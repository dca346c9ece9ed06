package dev.bandmaster.store;

import dev.bandmaster.core.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteRetentionTest extends RetentionContract {
  @TempDir Path folder;

  @Override
  protected Store open() {
    return JdbiStore.open(new StoreSettings.Sqlite(folder.resolve("bandmaster.db")), clock);
  }
}
