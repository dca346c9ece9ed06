package dev.bandmaster.engine.addresses;

import dev.bandmaster.core.store.Store;
import dev.bandmaster.store.JdbiStore;
import dev.bandmaster.store.StoreSettings;

class SqliteAddressesTest extends AddressesContract {
  @Override
  protected Store open() {
    return JdbiStore.open(new StoreSettings.Sqlite(folder.resolve("bandmaster.db")), clock);
  }
}
