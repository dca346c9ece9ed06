package dev.bandmaster.store;

import dev.bandmaster.core.store.Store;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("real")
class PostgresqlSharingTest extends SharingContract {
  @RegisterExtension private final PostgresqlSchema schema = new PostgresqlSchema();

  @Override
  protected Store open() {
    return JdbiStore.open(schema.settings(), clock);
  }
}
