package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.plugin.Message;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store of whichever kind, opened before each test and closed after it, and its clock. */
public abstract class StoreFixture {
  protected final SettableClock clock = new SettableClock(NOON);
  protected Store store;

  /** Opens the store; what an earlier call of the same test wrote must be there. */
  protected abstract Store open();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  final Outbox outbox() {
    return store.outbox();
  }

  static Outbound message(String text) {
    return new Outbound.ChannelMessage(THREAD, Message.sentence(text), false);
  }

  final void show(String id, String text, Urgency urgency) {
    clock.advance(Duration.ofMillis(1));
    store.commit(new Change.PostMessage(id, message(text), urgency));
  }

  final List<String> due() {
    return outbox().due(clock.instant(), 100).stream().map(Outbox.Item::id).toList();
  }

  final Outbox.Item only() {
    List<Outbox.Item> items = outbox().due(clock.instant(), 100);
    assertThat(items).hasSize(1);
    return items.getFirst();
  }
}
