package dev.bandmaster.engine.outbox;

import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.Chat.Sent;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.testing.Await;
import dev.bandmaster.engine.outbox.FakeChat.Attempt;
import dev.bandmaster.engine.outbox.FakeChat.Retracted;
import dev.bandmaster.plugin.Message;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two senders work on one outbox, and one of them is slow. */
abstract class TwoSendersContract {
  private static final String JOB = "job:1";

  /** Over before anybody looks. */
  private static final Duration SHORT = Duration.ZERO;

  private final List<OutboxSender> senders = new ArrayList<>();
  private Optional<Store> opened = Optional.empty();

  abstract Store open();

  @BeforeEach
  void openStore() {
    opened = Optional.of(open());
  }

  @AfterEach
  void stop() {
    senders.forEach(OutboxSender::close);
    opened.ifPresent(Store::close);
  }

  private Store store() {
    return opened.orElseThrow();
  }

  private OutboxSender start(String name, Chat chat, Duration lease) {
    OutboxSender sender =
        new OutboxSender(
            store().outbox(),
            chat,
            new FakePace((item, redraw, important) -> Optional.empty()),
            name,
            lease,
            InstantSource.system(),
            new Random(7));
    senders.add(sender);
    sender.start();
    return sender;
  }

  private static Outbound message(String text) {
    return new Outbound.ChannelMessage(THREAD, Message.sentence(text), false);
  }

  private void show(String text) {
    store().commit(new Change.PostMessage(JOB, message(text), Urgency.NOW));
    senders.forEach(OutboxSender::wake);
  }

  private void quiet() throws InterruptedException {
    Await.until("nothing waits", () -> store().outbox().waiting() == 0);
  }

  @Test
  void outboxR6_theOlderContentOfASlowSenderDoesNotStay() throws InterruptedException {
    FakeChat slow = new FakeChat();
    start("bot-1", slow, SHORT);
    show("first");
    quiet();
    CountDownLatch gate = slow.holds(JOB);
    show("older");
    Await.until("it is being sent", () -> slow.at(JOB).size() == 2);
    FakeChat quick = new FakeChat(slow);
    start("bot-2", quick, OutboxSender.LEASE);
    show("newest");
    Await.until("it is taken over", () -> message("newest").equals(quick.shown.get(JOB)));
    quiet();
    int before = slow.at(JOB).size() + quick.at(JOB).size();
    gate.countDown();
    Await.until("the slow one is through", () -> slow.arrived(JOB) >= 2);
    Await.until("it is drawn once more", () -> slow.at(JOB).size() + quick.at(JOB).size() > before);
    quiet();
    assertThat(quick.shown).containsEntry(JOB, message("newest"));
    assertThat(slow.retracted).isEmpty();
  }

  @Test
  void outboxR6_aPostThatTwoMadeIsThereOnceInTheEnd() throws InterruptedException {
    FakeChat slow = new FakeChat();
    slow.answers(JOB, new Sent.Done("1.1"));
    CountDownLatch gate = slow.holds(JOB);
    start("bot-1", slow, SHORT);
    show("hello");
    Await.until("it is being sent", () -> !slow.at(JOB).isEmpty());
    FakeChat quick = new FakeChat(slow);
    quick.answers(JOB, new Sent.Done("2.2"));
    start("bot-2", quick, OutboxSender.LEASE).wake();
    quiet();
    assertThat(quick.at(JOB)).extracting(Attempt::uncertain).containsExactly(true);
    gate.countDown();
    Await.until("one is taken away", () -> !slow.retracted.isEmpty());
    assertThat(slow.retracted).containsExactly(new Retracted(THREAD.channel(), "1.1"));
    show("goodbye");
    Await.until("it is redrawn", () -> message("goodbye").equals(quick.shown.get(JOB)));
    quiet();
    assertThat(List.of(slow, quick))
        .flatExtracting(chat -> chat.at(JOB))
        .filteredOn(attempt -> attempt.previous().isPresent())
        .extracting(Attempt::previous)
        .containsOnly(Optional.of("2.2"));
  }

  @Test
  void outboxR6_manyItemsAreSentOnceEachByAnySenderThatIsFree() throws InterruptedException {
    FakeChat one = new FakeChat();
    FakeChat other = new FakeChat();
    start("bot-1", one, OutboxSender.LEASE);
    start("bot-2", other, OutboxSender.LEASE);
    for (int i = 0; i < 100; i++) {
      store().commit(new Change.PostMessage("item:" + i, message("hello"), Urgency.NOW));
      senders.forEach(OutboxSender::wake);
    }
    quiet();
    List<String> sent = new ArrayList<>();
    one.attempts.forEach(attempt -> sent.add(attempt.id()));
    other.attempts.forEach(attempt -> sent.add(attempt.id()));
    assertThat(sent).hasSize(100).doesNotHaveDuplicates();
  }
}
