package dev.bandmaster.bot.outbox;

import static dev.bandmaster.bot.job.SampleJobs.NOON;
import static dev.bandmaster.bot.job.SampleJobs.THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.bot.chat.Chat.Sent;
import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.chat.Pace;
import dev.bandmaster.bot.outbox.FakeChat.Attempt;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Change.Urgency;
import dev.bandmaster.bot.store.MemoryStore;
import dev.bandmaster.bot.store.Outbox;
import dev.bandmaster.bot.store.SettableClock;
import dev.bandmaster.bot.work.Await;
import dev.bandmaster.plugin.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxSenderTest {
  private static final Duration LONG = Duration.ofMinutes(3);

  private final SettableClock clock = new SettableClock(NOON);
  private final MemoryStore store = new MemoryStore();
  private final FakeChat chat = new FakeChat();
  private Optional<OutboxSender> sender = Optional.empty();

  @AfterEach
  void stop() {
    sender.ifPresent(OutboxSender::close);
  }

  private OutboxSender start() {
    return start(store.outbox(), Pace.UNLIMITED);
  }

  private OutboxSender start(Outbox outbox, Pace pace) {
    OutboxSender started = new OutboxSender(outbox, chat, pace, clock, new Random(7));
    sender = Optional.of(started);
    store.onShow(started::wake);
    started.start();
    return started;
  }

  private void show(String id, String text, Urgency urgency) {
    store.commit(
        new Change.Show(id, new Outbound.Shown(THREAD, Message.sentence(text), false), urgency));
  }

  private void attempts(String id, int count) throws InterruptedException {
    Await.until(count + " attempts at " + id, () -> chat.at(id).size() >= count);
  }

  private void postponed() throws InterruptedException {
    Await.until(
        "it is postponed",
        () -> store.nextAttempt().filter(next -> next.isAfter(clock.instant())).isPresent());
  }

  private void quiet() throws InterruptedException {
    Await.until("nothing waits", () -> store.waiting() == 0);
  }

  /** Lets time pass for the sender, which sleeps in real time but reckons by the clock. */
  private void pass(Duration duration) {
    clock.advance(duration);
    sender.orElseThrow().wake();
  }

  @Test
  void whatIsWantedIsPostedAndFromThenOnRedrawn() throws InterruptedException {
    start();
    show("job:1", "running", Urgency.NOW);
    quiet();
    show("job:1", "done", Urgency.NOW);
    attempts("job:1", 2);
    quiet();
    assertThat(chat.at("job:1"))
        .extracting(Attempt::previous)
        .containsExactly(Optional.empty(), Optional.of("ts-job:1"));
    assertThat(chat.at("job:1")).extracting(Attempt::uncertain).containsOnly(false);
  }

  @Test
  void reliabilityR3_whatHasToWaitIsSentLaterAndWithoutDoubt() throws InterruptedException {
    chat.answers("job:1", new Sent.Later(Duration.ofSeconds(30), "rate limited"));
    start();
    show("job:1", "running", Urgency.NOW);
    Await.until("it is postponed", () -> store.nextAttempt().equals(after(30)));
    show("other", "hello", Urgency.NOW);
    attempts("other", 1);
    assertThat(chat.at("job:1")).hasSize(1);
    pass(Duration.ofSeconds(31));
    attempts("job:1", 2);
    quiet();
    assertThat(chat.at("job:1").getLast().uncertain()).isFalse();
  }

  private static Optional<Instant> after(int seconds) {
    return Optional.of(NOON.plusSeconds(seconds));
  }

  @Test
  void reliabilityR3_whatMayHaveArrivedIsLookedForWithGrowingPauses() throws InterruptedException {
    chat.answers("job:1", new Sent.Uncertain("timeout"), new Sent.Uncertain("timeout again"));
    start();
    show("job:1", "running", Urgency.NOW);
    postponed();
    assertThat(store.nextAttempt().orElseThrow())
        .isBetween(NOON.plusMillis(500), NOON.plusMillis(1_000));
    pass(LONG);
    attempts("job:1", 2);
    postponed();
    pass(LONG);
    attempts("job:1", 3);
    quiet();
    assertThat(chat.at("job:1")).extracting(Attempt::uncertain).containsExactly(false, true, true);
  }

  @Test
  void whatIsGoneIsPostedAnew() throws InterruptedException {
    start();
    show("job:1", "running", Urgency.NOW);
    quiet();
    chat.answers("job:1", new Sent.Gone());
    show("job:1", "done", Urgency.NOW);
    attempts("job:1", 3);
    quiet();
    assertThat(chat.at("job:1"))
        .extracting(Attempt::previous)
        .containsExactly(Optional.empty(), Optional.of("ts-job:1"), Optional.empty());
  }

  @Test
  void reliabilityR3_whatIsNeverTakenIsParkedAndHoldsUpNobody() throws InterruptedException {
    chat.answers("poison", new Sent.Rejected("invalid_blocks"));
    start();
    show("poison", "?", Urgency.NOW);
    show("job:1", "running", Urgency.NOW);
    quiet();
    assertThat(store.parked()).isEqualTo(1);
    assertThat(chat.at("poison")).hasSize(1);
    assertThat(chat.at("job:1")).hasSize(1);
    show("poison", "better", Urgency.NOW);
    attempts("poison", 2);
    quiet();
    assertThat(store.parked()).isZero();
  }

  @Test
  void theVersionsOfAnItemArriveInOrderAndNeverTwoAtOnce() throws InterruptedException {
    CountDownLatch gate = chat.holds("job:1");
    start();
    show("job:1", "1", Urgency.NOW);
    attempts("job:1", 1);
    show("job:1", "2", Urgency.NOW);
    show("job:1", "3", Urgency.NOW);
    show("other", "hello", Urgency.NOW);
    attempts("other", 1);
    assertThat(chat.at("job:1")).hasSize(1);
    gate.countDown();
    quiet();
    assertThat(chat.at("job:1")).hasSize(2);
    assertThat(chat.at("job:1").getLast().item().toString()).contains("text=3");
    assertThat(chat.at("job:1").getLast().previous()).contains("ts-job:1");
  }

  @Test
  void trap13_whatArrivesDuringALookIsNotSentAgain() throws InterruptedException {
    CountDownLatch gate = chat.holds("job:1");
    AtomicBoolean once = new AtomicBoolean();
    Outbox slow =
        new OutboxWrapper(store.outbox()) {
          @Override
          public List<Item> due(Instant now, int limit) {
            List<Item> items = super.due(now, limit);
            if (!chat.at("job:1").isEmpty() && once.compareAndSet(false, true)) {
              gate.countDown();
              settled();
            }
            return items;
          }

          private void settled() {
            try {
              Await.until("it has arrived", () -> store.timestamp("job:1").isPresent());
              // The sending task has one thing left to do behind that; this is no assertion.
              Thread.sleep(50);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    OutboxSender started = start(slow, Pace.UNLIMITED);
    show("job:1", "running", Urgency.NOW);
    attempts("job:1", 1);
    show("other", "hello", Urgency.NOW);
    attempts("other", 1);
    assertThat(started.drain(Duration.ofSeconds(1))).isTrue();
    assertThat(chat.at("job:1")).hasSize(1);
  }

  @Test
  void progressIsHeldBackAndTheEndIsNot() throws InterruptedException {
    Pace pace =
        (item, redraw, important) ->
            important ? Optional.empty() : Optional.of(Duration.ofSeconds(10));
    start(store.outbox(), pace);
    show("job:1", "running", Urgency.PROGRESS);
    show("other", "hello", Urgency.NOW);
    attempts("other", 1);
    assertThat(chat.at("job:1")).isEmpty();
    show("job:1", "done", Urgency.NOW);
    attempts("job:1", 1);
    quiet();
  }

  @Test
  void progressThatWasHeldBackIsSentOnceThereIsRoom() throws InterruptedException {
    AtomicBoolean full = new AtomicBoolean(true);
    AtomicInteger asked = new AtomicInteger();
    Pace pace =
        (item, redraw, important) -> {
          asked.incrementAndGet();
          return full.get() ? Optional.of(Duration.ofSeconds(10)) : Optional.empty();
        };
    start(store.outbox(), pace);
    show("job:1", "running", Urgency.PROGRESS);
    Await.until("it is asked for", () -> asked.get() > 0);
    full.set(false);
    pass(Duration.ofSeconds(11));
    attempts("job:1", 1);
    quiet();
  }

  @Test
  void aSlowUploadHoldsUpNoAnswer() throws InterruptedException {
    CountDownLatch gate = chat.holds("file:1");
    start();
    show("file:1", "large", Urgency.NOW);
    attempts("file:1", 1);
    for (int i = 0; i < 50; i++) {
      show("answer:" + i, "hello", Urgency.NOW);
    }
    Await.until("all but one have arrived", () -> store.waiting() == 1);
    gate.countDown();
    quiet();
  }

  @Test
  void aStoreThatIsAwayIsAskedAgain() throws InterruptedException {
    store.setAway(true);
    OutboxSender started = start();
    started.wake();
    store.setAway(false);
    show("job:1", "running", Urgency.NOW);
    attempts("job:1", 1);
    quiet();
  }

  @Test
  void anItemThatCannotBeReadDoesNotStopTheOthersForEver() throws InterruptedException {
    AtomicBoolean once = new AtomicBoolean();
    Outbox broken =
        new OutboxWrapper(store.outbox()) {
          @Override
          public List<Item> due(Instant now, int limit) {
            if (once.compareAndSet(false, true)) {
              throw new IllegalStateException("the store holds an item that cannot be read");
            }
            return super.due(now, limit);
          }
        };
    OutboxSender started = start(broken, Pace.UNLIMITED);
    Await.until("it has failed", once::get);
    show("job:1", "running", Urgency.NOW);
    attempts("job:1", 1);
    assertThat(started.drain(Duration.ofSeconds(1))).isTrue();
  }

  @Test
  void anUnexpectedFailureOfTheChatIsADoubt() throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    OutboxSender started =
        new OutboxSender(
            store.outbox(),
            (id, item, previous, uncertain) -> {
              if (calls.getAndIncrement() == 0) {
                throw new IllegalStateException("a fault");
              }
              return new Sent.Done(uncertain ? "found" : "posted");
            },
            Pace.UNLIMITED,
            clock,
            new Random(7));
    sender = Optional.of(started);
    started.start();
    show("job:1", "running", Urgency.NOW);
    started.wake();
    postponed();
    pass(LONG);
    quiet();
    assertThat(store.timestamp("job:1")).contains("found");
  }
}
