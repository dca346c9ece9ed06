package dev.bandmaster.store;

import dev.bandmaster.core.store.Store;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("real")
class PostgresqlEarlierStoreTest extends EarlierStoreContract {
  @RegisterExtension final PostgresqlSchema earlier = new PostgresqlSchema();
  @RegisterExtension final PostgresqlSchema empty = new PostgresqlSchema();

  @Override
  Store openEarlier() {
    StoredFixtures.load(11, earlier);
    return JdbiStore.open(earlier.settings(), StoredRows.CLOCK);
  }

  @Override
  Store openEmpty() {
    return JdbiStore.open(empty.settings(), StoredRows.CLOCK);
  }
}
