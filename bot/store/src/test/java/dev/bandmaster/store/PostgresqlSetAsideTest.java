package dev.bandmaster.store;

import dev.bandmaster.core.store.Store;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("real")
class PostgresqlSetAsideTest extends SetAsideContract {
  @RegisterExtension final PostgresqlSchema schema = new PostgresqlSchema();

  @Override
  Store open() {
    return JdbiStore.open(schema.settings(), StoredRows.CLOCK);
  }

  @Override
  List<Storage.Finding> check() {
    try (Storage storage = Storage.look(schema.settings())) {
      return storage.check();
    }
  }

  @Override
  void execute(String statement) {
    schema.execute(statement);
  }
}
