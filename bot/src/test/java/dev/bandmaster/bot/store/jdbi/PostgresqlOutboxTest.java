package dev.bandmaster.bot.store.jdbi;

import dev.bandmaster.bot.store.OutboxContract;
import dev.bandmaster.bot.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("real")
class PostgresqlOutboxTest extends OutboxContract {

  private final TestSchema schema = TestSchema.create();

  @Override
  protected Store open() {
    return JdbiStore.open(schema.settings(), clock);
  }

  @AfterEach
  void dropSchema() {
    schema.close();
  }
}
