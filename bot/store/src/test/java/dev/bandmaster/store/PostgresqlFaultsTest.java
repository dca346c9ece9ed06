package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.StoreUnavailable;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens to connections to a server, and that the store comes back by itself. */
@Tag("real")
class PostgresqlFaultsTest {
  @RegisterExtension private final PostgresqlSchema schema = new PostgresqlSchema();

  @Test
  void faultConnectionKilled_nothingIsKeptAndTheNextWorkSucceeds() {
    try (Database database = Database.open(schema.settings())) {
      InboxTable inbox = new InboxTable(database, InstantSource.system());
      assertThatThrownBy(() ->
              database.write(handle -> {
                handle.execute("INSERT INTO policy VALUES ('hash', 'name', 'text', 1)");
                long connection =
                    handle.createQuery("SELECT pg_backend_pid()").mapTo(Long.class).one();
                schema.execute("SELECT pg_terminate_backend(" + connection + ")");
                handle.execute("INSERT INTO policy VALUES ('hash2', 'name', 'text', 2)");
              }))
          .isInstanceOf(StoreUnavailable.class);
      assertThat(inbox.receive(new Change.AcceptDelivery("key", "events_api", "{}", NOON, "bot-1")))
          .isPresent();
      assertThat(new PolicyTable(database, InstantSource.system()).newest()).isEmpty();
    }
  }

  @Test
  void faultConnectionsKilledAtRest_theNextWorkSucceeds() {
    try (Database database = Database.open(schema.settings())) {
      InboxTable inbox = new InboxTable(database, InstantSource.system());
      assertThat(inbox.receive(new Change.AcceptDelivery("one", "events_api", "{}", NOON, "bot-1")))
          .isPresent();
      long connection =
          database.read(
              handle -> handle.createQuery("SELECT pg_backend_pid()").mapTo(Long.class).one());
      schema.execute("SELECT pg_terminate_backend(" + connection + ")");
      int attempts = 0;
      while (attempts < 10 && isUnavailable(inbox)) {
        attempts++;
      }
      assertThat(inbox.unhandled("bot-1")).hasSize(2);
    }
  }

  private static boolean isUnavailable(InboxTable inbox) {
    try {
      assertThat(inbox.receive(new Change.AcceptDelivery("two", "events_api", "{}", NOON, "bot-1")))
          .isPresent();
      return false;
    } catch (StoreUnavailable e) {
      return true;
    }
  }
}
