package dev.bandmaster.bot.outbox;

import dev.bandmaster.bot.store.Store;
import dev.bandmaster.bot.store.jdbi.JdbiStore;
import dev.bandmaster.bot.store.jdbi.PostgresqlSchema;
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
