package dev.bandmaster.bot.outbox;

import dev.bandmaster.bot.store.Store;
import dev.bandmaster.bot.store.jdbi.JdbiStore;
import dev.bandmaster.bot.store.jdbi.TestSchema;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("real")
class TwoSendersOnPostgresqlTest extends TwoSendersContract {

  private final TestSchema schema = TestSchema.create();

  @Override
  Store open() {
    return JdbiStore.open(schema.settings(), InstantSource.system());
  }

  @AfterEach
  void dropSchema() {
    schema.close();
  }
}
