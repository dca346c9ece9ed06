package dev.bandmaster.store;

import dev.bandmaster.core.store.Store;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("real")
class PostgresqlOutboxTest extends OutboxContract {
  @RegisterExtension private final PostgresqlSchema schema = new PostgresqlSchema();

  @Override
  protected Store open() {
    return JdbiStore.open(schema.settings(), clock);
  }

  @Override
  protected void execute(String statement) {
    schema.execute(statement);
  }
}
