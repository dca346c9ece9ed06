package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreUnavailable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("real")
class PostgresqlStoreTest extends StoreContract {
  @RegisterExtension private final PostgresqlSchema schema = new PostgresqlSchema();

  @Override
  protected Store open() {
    return JdbiStore.open(schema.settings(), clock);
  }

  @Test
  void storeS2_twoReplicasShareOneStoreAndKeepADeliveryOnce() {
    try (Store one = open();
        Store other = open()) {
      assertThat(
              one.inbox()
                  .receive(new Change.AcceptDelivery("key", "events_api", "{}", NOON, "bot-1")))
          .isPresent();
      assertThat(
              other
                  .inbox()
                  .receive(new Change.AcceptDelivery("key", "events_api", "{}", NOON, "bot-1")))
          .isEmpty();
      assertThat(one.jobs().nextNumber()).isNotEqualTo(other.jobs().nextNumber());
    }
  }

  @Test
  void storeS2_anUnreachableServerMeansNotStarted() {
    StoreSettings nowhere =
        new StoreSettings.Postgresql(
            "jdbc:postgresql://127.0.0.1:1/test?connectTimeout=1", "postgres", "secret-7");
    assertThatThrownBy(() -> JdbiStore.open(nowhere, clock))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("does not respond")
        .hasMessageNotContaining("secret-7");
    assertThat(nowhere.toString()).doesNotContain("secret-7");
  }
}
