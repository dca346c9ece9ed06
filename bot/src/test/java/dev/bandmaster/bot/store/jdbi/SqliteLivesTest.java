package dev.bandmaster.bot.store.jdbi;

import dev.bandmaster.bot.store.LivesContract;
import dev.bandmaster.bot.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteLivesTest extends LivesContract {
  @TempDir Path folder;

  @Override
  protected Store open() {
    return JdbiStore.open(new StoreSettings.Sqlite(folder.resolve("bandmaster.db")), clock);
  }
}
