package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.Audit;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreUnavailable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class StoreCopyTest {
  @RegisterExtension private final PostgresqlSchema schema = new PostgresqlSchema();
  @TempDir Path folder;
  private StoreSettings.Sqlite source;

  @BeforeEach
  void fill() {
    source = new StoreSettings.Sqlite(folder.resolve("bandmaster.db"));
    try (Store store = open(source)) {
      store.commit(
          new Change.CreateJob(
              SampleJobs.ping(store.jobs().nextNumber(), "web1", "web2"), "bot-1"));
      for (int i = 0; i < 1_100; i++) {
        store.commit(
            new Change.AppendAudit(
                new AuditEntry(
                    NOON,
                    "slack:T1:U1",
                    "C1",
                    "ping ü \0 \"'\\",
                    "ping",
                    "",
                    "",
                    "",
                    "answered",
                    "",
                    "",
                    "")));
      }
      store.inbox().receive(new Change.AcceptDelivery("key", "events_api", "{}", NOON, "bot-1"));
    }
  }

  private static Store open(StoreSettings settings) {
    return JdbiStore.open(settings, InstantSource.system());
  }

  @Test
  void storeS4_everythingArrivesAndTheAuditGoesOn() {
    assertThat(StoreCopy.copy(source, schema.settings()))
        .containsEntry("audit", 1_100L)
        .containsEntry("job_node", 2L)
        .containsEntry("inbox", 1L)
        .containsEntry("outbox", 0L);
    try (Store from = open(source);
        Store to = open(schema.settings())) {
      List<Audit.Row> rows = from.audit().after(0, 2_000);
      assertThat(to.audit().after(0, 2_000)).isEqualTo(rows);
      assertThat(to.audit().head()).isEqualTo(from.audit().head());
      assertThat(to.jobs().unfinished("bot-1")).isEqualTo(from.jobs().unfinished("bot-1"));
      assertThat(to.inbox().unhandled("bot-1")).isEqualTo(from.inbox().unhandled("bot-1"));
      assertThat(to.jobs().nextNumber()).isEqualTo(2);
    }
    try (Storage storage = Storage.look(schema.settings())) {
      assertThat(storage.check()).allMatch(Storage.Finding::good);
    }
  }

  @Test
  void storeS4_aDatabaseThatIsNotEmptyIsRefused() {
    try (Store target = open(schema.settings())) {
      target.inbox().receive(new Change.AcceptDelivery("other", "events_api", "{}", NOON, "bot-1"));
    }
    assertThatThrownBy(() -> StoreCopy.copy(source, schema.settings()))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("is not empty: there are rows in 'inbox'");
    try (Store target = open(schema.settings())) {
      assertThat(target.audit().head().number()).isZero();
      assertThat(target.inbox().unhandled("bot-1")).hasSize(1);
    }
  }

  @Test
  void storeS4_aBotThatRunsOnTheSourceForbidsTheCopy() {
    try (Store running = open(source)) {
      assertThat(running.inbox().unhandled("bot-1")).hasSize(1);
      assertThatThrownBy(() -> StoreCopy.copy(source, schema.settings()))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("Another process uses the store");
    }
  }
}
