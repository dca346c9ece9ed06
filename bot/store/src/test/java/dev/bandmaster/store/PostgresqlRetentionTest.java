package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Inbox;
import dev.bandmaster.core.store.Store;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("real")
class PostgresqlRetentionTest extends RetentionContract {
  @RegisterExtension private final PostgresqlSchema schema = new PostgresqlSchema();

  @Override
  protected Store open() {
    return JdbiStore.open(schema.settings(), clock);
  }

  @Test
  void storeS4_replicasThatForgetAtTheSameTimeTakeTurns() throws Exception {
    try (Store store = open()) {
      int rows = 600;
      for (int i = 0; i < rows; i++) {
        Inbox.Item item =
            store
                .inbox()
                .receive(new Change.AcceptDelivery("key" + i, "events_api", "{}", NOON, "bot-1"))
                .orElseThrow();
        store.commit(new Change.MarkHandled(item.id()));
      }
      Instant later = clock.instant().plusMillis(1);
      AtomicInteger forgotten = new AtomicInteger();
      try (var replicas = Executors.newFixedThreadPool(4)) {
        List<Callable<Integer>> work =
            Collections.nCopies(
                4,
                () -> {
                  int batch;
                  do {
                    batch = store.past().forgetDeliveries(later, 25);
                    forgotten.addAndGet(batch);
                  } while (batch > 0);
                  return batch;
                });
        for (Future<Integer> done : replicas.invokeAll(work)) {
          done.get();
        }
      }
      assertThat(forgotten).hasValue(rows);
    }
  }
}
