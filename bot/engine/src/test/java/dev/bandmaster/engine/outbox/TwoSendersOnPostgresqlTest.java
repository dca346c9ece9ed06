package dev.bandmaster.engine.outbox;

import dev.bandmaster.core.store.Store;
import dev.bandmaster.store.JdbiStore;
import dev.bandmaster.store.PostgresqlSchema;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("real")
class TwoSendersOnPostgresqlTest extends TwoSendersContract {
  @RegisterExtension private final PostgresqlSchema schema = new PostgresqlSchema();

  @Override
  Store open() {
    return JdbiStore.open(schema.settings(), InstantSource.system());
  }
}
