package dev.bandmaster.engine.outbox;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.Chat.Sent;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.RateLimiter;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.core.testing.Await;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.outbox.FakeChat.Attempt;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.store.JdbiStore;
import dev.bandmaster.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;

class OutboxSenderTest {
  private static final Duration LONG = Duration.ofMinutes(3);

  private final SettableClock clock = new SettableClock(NOON);
  private static final RateLimiter UNLIMITED =
      new FakePace((item, redraw, important) -> Optional.empty());

  private final FakeChat chat = new FakeChat();
  private Optional<OutboxSender> sender = Optional.empty();
  private final Store store;
  private final Outbox outbox;

  OutboxSenderTest(@TempDir Path folder) {
    store = JdbiStore.open(new StoreSettings.Sqlite(folder.resolve("bandmaster.db")), clock);
    outbox = store.outbox();
  }

  @AfterEach
  void stop() {
    sender.ifPresent(OutboxSender::close);
    store.close();
  }

  private OutboxSender start() {
    return start(outbox, UNLIMITED);
  }

  private OutboxSender start(Outbox wrapped, RateLimiter pace) {
    OutboxSender started = new OutboxSender(wrapped, chat, pace, "bot-1", clock, new Random(7));
    sender = Optional.of(started);
    store.onShow(started::wake);
    started.start();
    return started;
  }

  private void show(String id, String text, Urgency urgency) {
    store.commit(
        new Change.PostMessage(
            id, new Outbound.ChannelMessage(THREAD, Message.sentence(text), false), urgency));
  }

  private void attempts(String id, int count) throws InterruptedException {
    Await.until(count + " attempts at " + id, () -> chat.at(id).size() >= count);
  }

  /** Waits for the pause after an attempt; while it lasts, the claim's end is what comes next. */
  private void postponed() throws InterruptedException {
    Await.until(
        "it is postponed",
        () ->
            outbox
                .nextAttempt(clock.instant())
                .filter(next -> next.isBefore(clock.instant().plus(Duration.ofMinutes(1))))
                .isPresent());
  }

  private void quiet() throws InterruptedException {
    Await.until("nothing waits", () -> outbox.waiting() == 0);
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
    Await.until("it is postponed", () -> outbox.nextAttempt(clock.instant()).equals(after(30)));
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
    assertThat(outbox.nextAttempt(clock.instant()).orElseThrow())
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
  void whatIsGoneIsPostedAgain() throws InterruptedException {
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
    chat.answers("poison", new Sent.Rejected("invalid_blocks", false));
    start();
    show("poison", "?", Urgency.NOW);
    show("job:1", "running", Urgency.NOW);
    quiet();
    assertThat(outbox.parked()).isEqualTo(1);
    assertThat(chat.at("poison")).hasSize(1);
    assertThat(chat.at("job:1")).hasSize(1);
    show("poison", "better", Urgency.NOW);
    attempts("poison", 2);
    quiet();
    assertThat(outbox.parked()).isZero();
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
  void trap13_whatSomebodyElseSendsDuringALookIsNotSentAgain() throws InterruptedException {
    Outbox slow =
        new OutboxWrapper(outbox) {
          @Override
          public List<Claim> claim(String holder, Instant now, Duration lease, List<String> ids) {
            if (ids.contains("job:1")) {
              super.claim("bot-2", now, lease, List.of("job:1"))
                  .forEach(claim -> super.sent(claim, "ts-other"));
            }
            return super.claim(holder, now, lease, ids);
          }
        };
    OutboxSender started = start(slow, UNLIMITED);
    show("job:1", "running", Urgency.NOW);
    show("other", "hello", Urgency.NOW);
    attempts("other", 1);
    quiet();
    assertThat(started.drain(Duration.ofSeconds(1))).isTrue();
    assertThat(chat.at("job:1")).isEmpty();
  }

  @Test
  void trap33_aLimitIsReportedToTheRateLimiterAndIsNoReasonForAnAlert()
      throws InterruptedException {
    FakePace pace = new FakePace((item, redraw, important) -> Optional.empty());
    chat.answers("job:1", new Sent.Limited(Duration.ofSeconds(30), "Slack limits it."));
    start(outbox, pace);
    show("job:1", "running", Urgency.NOW);
    Await.until("it is postponed", () -> outbox.nextAttempt(clock.instant()).equals(after(30)));
    assertThat(pace.limits).containsExactly(Duration.ofSeconds(30));
    assertThat(outbox.parked()).isZero();
    assertThat(chat.attempts).extracting(Attempt::id).containsExactly("job:1");
    pass(Duration.ofSeconds(31));
    attempts("job:1", 2);
    quiet();
  }

  @Test
  void outboxR3_whatCannotBeNotedIsNotedWhenTheStoreIsBack() throws InterruptedException {
    AtomicInteger failures = new AtomicInteger(2);
    Outbox failing =
        new OutboxWrapper(outbox) {
          @Override
          public Settled sent(Claim claim, String timestamp) {
            if (failures.getAndDecrement() > 0) {
              throw new StoreUnavailable("the disk is full");
            }
            return super.sent(claim, timestamp);
          }
        };
    start(failing, UNLIMITED);
    show("job:1", "running", Urgency.NOW);
    quiet();
    assertThat(chat.at("job:1")).hasSize(1);
  }

  @Test
  void nobodyWaitsInVain_theAskerIsReportedOnceWhatCouldNotBePostedAndWhere()
      throws InterruptedException {
    Sent rejected = new Sent.Rejected("Invite the bot with /invite.", true);
    chat.answers("job:1", rejected, rejected);
    start();
    Outbound item =
        new Outbound.ChannelMessage(THREAD, Message.sentence("the answer"), false).askedBy("U1");
    store.commit(new Change.PostMessage("job:1", item, Urgency.NOW));
    attempts("apology:job:1", 1);
    quiet();
    store.commit(new Change.PostMessage("job:1", item, Urgency.NOW));
    attempts("apology:job:1", 2);
    quiet();
    assertThat(outbox.parked()).isEqualTo(1);
    Attempt apology = chat.at("apology:job:1").getFirst();
    assertThat(apology.item().channel()).isEqualTo("U1");
    assertThat(apology.item().toString())
        .contains("I could not post", THREAD.channel(), "/invite", "the answer");
    // The second one redraws the first.
    assertThat(chat.at("apology:job:1").getLast().previous()).isPresent();
  }

  @Test
  void slackK5_whatIsRefusedForGoodComesByDirectMessageWithItsContent()
      throws InterruptedException {
    chat.answers("job:1", new Sent.Rejected("Too long.", false));
    chat.answers("file:1", new Sent.Rejected("No uploads.", false));
    start();
    store.commit(
        new Change.PostMessage(
            "job:1",
            new Outbound.ChannelMessage(THREAD, Message.sentence("the answer"), false)
                .askedBy("U1"),
            Urgency.NOW),
        new Change.PostMessage(
            "file:1",
            new Outbound.FileAttachment(THREAD, "a.txt", "A", "x".repeat(3_000)).askedBy("U1"),
            Urgency.NOW));
    attempts("apology:job:1", 1);
    attempts("apology:file:1", 1);
    quiet();
    assertThat(chat.at("apology:job:1").getFirst().item().toString())
        .contains("Too long.", "the answer");
    assertThat(chat.at("apology:file:1").getFirst().item().toString())
        .contains("No uploads.", "xxxxx", "500 more characters")
        .doesNotContain("x".repeat(2_501));
  }

  @Test
  void slackK5_aLastUpdateThatIsRefusedIsPostedAnewAndTheOldMessageIsTakenAway()
      throws InterruptedException {
    start();
    show("job:1", "0/1", Urgency.NOW);
    attempts("job:1", 1);
    quiet();
    chat.answers("job:1", new Sent.Rejected("Slack refused chat.update.", false));
    show("job:1", "1/1", Urgency.NOW);
    attempts("job:1", 3);
    quiet();
    assertThat(chat.at("job:1").get(1).previous()).isPresent();
    assertThat(chat.at("job:1").get(2).previous()).as("a new post").isEmpty();
    assertThat(chat.retracted).hasSize(1);
    assertThat(outbox.parked()).isZero();
    chat.answers("job:1", new Sent.Rejected("Slack refused chat.update.", false));
    show("job:1", "1/1", Urgency.PROGRESS);
    attempts("job:1", 4);
    Await.until("progress is not worth a new message", () -> outbox.parked() == 1);
  }

  @Test
  void nobodyWaitsInVain_aRefusedApologyOrReactionLeadsToNothingMore() throws InterruptedException {
    Sent rejected = new Sent.Rejected("no", false);
    chat.answers("mark:1", rejected);
    chat.answers("job:1", rejected);
    chat.answers("apology:job:1", rejected);
    start();
    store.commit(
        new Change.PostMessage(
            "mark:1", new Outbound.Reaction("C1", "1.1", "eyes", ""), Urgency.SOON),
        new Change.PostMessage(
            "job:1", new Outbound.Ephemeral(THREAD, "U1", Message.sentence("no")), Urgency.NOW));
    attempts("apology:job:1", 1);
    Await.until("all are given up", () -> outbox.parked() == 3);
    quiet();
    assertThat(chat.attempts).hasSize(3);
  }

  @Test
  void progressIsHeldBackAndTheEndIsNot() throws InterruptedException {
    RateLimiter pace =
        new FakePace((item, redraw, important) ->
            important ? Optional.empty() : Optional.of(Duration.ofSeconds(10)));
    start(outbox, pace);
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
    RateLimiter pace =
        new FakePace((item, redraw, important) -> {
          asked.incrementAndGet();
          return full.get() ? Optional.of(Duration.ofSeconds(10)) : Optional.empty();
        });
    start(outbox, pace);
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
    Await.until("all but one have arrived", () -> outbox.waiting() == 1);
    gate.countDown();
    quiet();
  }

  @Test
  void aStoreThatIsAwayIsAskedAgain() throws InterruptedException {
    AtomicInteger failures = new AtomicInteger(3);
    Outbox failing =
        new OutboxWrapper(outbox) {
          @Override
          public List<Item> due(Instant now, Held held, int perLane, int limit) {
            if (failures.getAndDecrement() > 0) {
              throw new StoreUnavailable("the disk is full", new IOException("no space"));
            }
            return super.due(now, held, perLane, limit);
          }
        };
    start(failing, UNLIMITED);
    show("job:1", "running", Urgency.NOW);
    attempts("job:1", 1);
    quiet();
  }

  @Test
  void anItemThatCannotBeReadDoesNotStopTheOthersForEver() throws InterruptedException {
    AtomicBoolean once = new AtomicBoolean();
    Outbox broken =
        new OutboxWrapper(outbox) {
          @Override
          public List<Item> due(Instant now, Held held, int perLane, int limit) {
            if (once.compareAndSet(false, true)) {
              throw new IllegalStateException("the store holds an item that cannot be read");
            }
            return super.due(now, held, perLane, limit);
          }
        };
    OutboxSender started = start(broken, UNLIMITED);
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
            outbox,
            new FakeChat() {
              @Override
              public Sent send(
                  String id, Outbound item, Optional<String> previous, boolean uncertain) {
                if (calls.getAndIncrement() == 0) {
                  throw new IllegalStateException("a fault");
                }
                return new Sent.Done(previous.orElse(uncertain ? "found" : "posted"));
              }
            },
            UNLIMITED,
            "bot-1",
            clock,
            new Random(7));
    sender = Optional.of(started);
    started.start();
    show("job:1", "running", Urgency.NOW);
    started.wake();
    postponed();
    pass(LONG);
    quiet();
    assertThat(calls).hasValue(2);
    show("job:1", "done", Urgency.NOW);
    started.wake();
    Await.until("it is redrawn", () -> calls.get() == 3);
  }
}
