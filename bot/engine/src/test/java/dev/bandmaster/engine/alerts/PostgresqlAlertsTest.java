package dev.bandmaster.engine.alerts;

import dev.bandmaster.core.store.Store;
import dev.bandmaster.store.JdbiStore;
import dev.bandmaster.store.Migrations;
import dev.bandmaster.store.PostgresqlSchema;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("real")
class PostgresqlAlertsTest extends AlertsContract {
  @RegisterExtension private final PostgresqlSchema schema = new PostgresqlSchema();

  @Override
  protected Store open() {
    return JdbiStore.open(schema.settings(), clock);
  }

  @Override
  protected void execute(String statement) {
    schema.execute(statement);
  }

  @Override
  protected List<String> migration(String file) throws IOException {
    return Migrations.postgresql(file);
  }
}
