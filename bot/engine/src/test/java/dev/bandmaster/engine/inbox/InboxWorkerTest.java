package dev.bandmaster.engine.inbox;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.chat.DeliveryMeaning;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Inbox;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.core.testing.Await;
import dev.bandmaster.core.testing.Failing;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.store.TestStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxWorkerTest {
  @RegisterExtension private final TestStore store = new TestStore();
  private final List<String> handled = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger doubts = new AtomicInteger();
  private final InboxWorker worker =
      new InboxWorker(store, this::interpret, this::handle, new SettableClock(NOON), "bot-1");

  @AfterEach
  void stop() {
    gate.countDown();
    worker.close();
  }

  private DeliveryMeaning interpret(Inbox.Item item) {
    return switch (item.payload()) {
      case "nothing" -> new DeliveryMeaning.Nothing();
      case "unreadable" ->
          new DeliveryMeaning.Unreadable(
              "It is no JSON.", Optional.of(new DeliveryMeaning.Author("U1", THREAD)));
      case "given up" ->
          new DeliveryMeaning.GivenUp(
              "Ask once more.", Optional.of(new DeliveryMeaning.Author("U1", THREAD)));
      case "later" ->
          doubts.getAndIncrement() == 0
              ? new DeliveryMeaning.NotYet("Slack is not connected yet.")
              : new DeliveryMeaning.Nothing();
      case "poison said" ->
          new DeliveryMeaning.Wish(
              new Inbound.MessageReceived(
                  ANN, THREAD.outsideOfThreads(), "1.000100", "ping", "ping"));
      case "poison scheduled" ->
          new DeliveryMeaning.Wish(new Inbound.Scheduled(ANN, THREAD, 3, "ping"));
      default ->
          new DeliveryMeaning.Wish(
              new Inbound.SlashCommand(ANN, THREAD, item.payload(), item.payload()));
    };
  }

  private void handle(Inbox.Item item, Inbound inbound) {
    switch (item.payload()) {
      case "deep" -> throw new StackOverflowError();
      case "plugin" -> throw new NoClassDefFoundError("com/example/Gone");
      case "hopeless" -> {
        failures.incrementAndGet();
        throw new IllegalStateException("a fault");
      }
      case "poison", "poison said", "poison scheduled" ->
          throw new IllegalStateException("a fault");
      case "slow" -> pass();
      case "lock" -> {
        if (failures.getAndIncrement() < 3) {
          throw new StoreConflict("The lock was taken.");
        }
      }
      default -> {}
    }
    try {
      store.commit(new Change.MarkHandled(item.id()));
    } catch (StoreUnavailable e) {
      failures.incrementAndGet();
      throw e;
    }
    handled.add(item.payload());
  }

  private void pass() {
    try {
      assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void empty() throws InterruptedException {
    Await.until(
        "the inbox is empty and nothing is underway",
        () -> store.inbox().unhandled("bot-1").isEmpty() && worker.isIdle());
  }

  @Test
  void trap21_aDeliveryThatComesTwiceIsHandledOnce() throws InterruptedException {
    assertThat(worker.take("event:Ev1", "events_api", "envelope-1", "ping")).isTrue();
    assertThat(worker.take("event:Ev1", "events_api", "envelope-1", "ping")).isFalse();
    empty();
    assertThat(worker.take("event:Ev1", "events_api", "envelope-1", "ping")).isFalse();
    assertThat(handled).containsExactly("ping");
  }

  @Test
  void reliabilityR1_whatAnEarlierProcessTookInIsHandledAfterARestart()
      throws InterruptedException {
    store
        .inbox()
        .receive(new Change.AcceptDelivery("event:Ev1", "events_api", "ping", NOON, "bot-1"));
    store
        .inbox()
        .receive(new Change.AcceptDelivery("event:Ev2", "events_api", "nothing", NOON, "bot-1"));
    store
        .inbox()
        .receive(new Change.AcceptDelivery("event:Ev3", "events_api", "status", NOON, "bot-1"));
    worker.resume("bot-1");
    empty();
    Await.until("both are handled", () -> handled.size() == 2);
    assertThat(handled).containsExactlyInAnyOrder("ping", "status");
  }

  @Test
  void reliabilityR1_whatCannotBeKeptIsNotAcknowledged() {
    store.setAway(true);
    assertThatThrownBy(() -> worker.take("event:Ev1", "events_api", "envelope-1", "ping"))
        .isInstanceOf(StoreUnavailable.class);
    store.setAway(false);
    assertThat(worker.take("event:Ev1", "events_api", "envelope-1", "ping")).isTrue();
  }

  @Test
  void reliabilityR1_whenTheStoreGoesAwayInBetweenTheDeliveryIsHandledOnceItIsBack()
      throws InterruptedException {
    worker.take("event:Ev1", "events_api", "envelope-1", "slow");
    store.setAway(true);
    gate.countDown();
    Await.until("it has failed once", () -> failures.get() > 0);
    store.setAway(false);
    empty();
    Await.until("it is handled", () -> handled.contains("slow"));
  }

  @Test
  void whatCannotBeHandledIsKeptForInspectionAndHoldsUpNobody() throws InterruptedException {
    worker.take("event:Ev1", "events_api", "envelope-1", "poison");
    worker.take("event:Ev2", "events_api", "envelope-1", "unreadable");
    worker.take("event:Ev3", "events_api", "envelope-1", "ping");
    empty();
    Await.until("the ping is handled", () -> handled.contains("ping"));
    assertThat(store.committed(Change.MarkAbandoned.class))
        .extracting(Change.MarkAbandoned::reason)
        .containsExactlyInAnyOrder("a fault", "It is no JSON.");
  }

  @Test
  void nobodyWaitsInVain_whoseDeliveryIsGivenUpIsNotifiedThatNothingWasDone()
      throws InterruptedException {
    worker.take("event:Ev1", "events_api", "envelope-1", "poison");
    worker.take("event:Ev2", "events_api", "envelope-1", "unreadable");
    empty();
    assertThat(store.committed(Change.PostMessage.class))
        .filteredOn(show -> show.id().startsWith("abandoned:"))
        .hasSize(2)
        .allSatisfy(show ->
            assertThat(show.item())
                .isInstanceOfSatisfying(
                    Outbound.Ephemeral.class,
                    reply -> assertThat(reply.message().toString()).contains("nothing was done")));
  }

  @Test
  void peopleU1_aMessageThatIsGivenUpIsMarkedAndAnswered() throws InterruptedException {
    worker.take("event:Ev1", "events_api", "envelope-1", "poison said");
    empty();
    String channel = THREAD.channel();
    assertThat(store.committed(Change.PostMessage.class))
        .extracting(Change.PostMessage::item)
        .satisfiesExactlyInAnyOrder(
            answer ->
                assertThat(answer)
                    .isInstanceOfSatisfying(
                        Outbound.Ephemeral.class,
                        reply -> assertThat(reply.place()).isEqualTo(THREAD.inThread("1.000100"))),
            mark ->
                assertThat(mark)
                    .isEqualTo(new Outbound.Reaction(channel, "1.000100", "x", "eyes")));
  }

  @Test
  void peopleU1_aScheduledCommandThatIsGivenUpIsReportedForAllToSee() throws InterruptedException {
    worker.take("schedule:3:1", "scheduled", "", "poison scheduled");
    empty();
    assertThat(store.committed(Change.PostMessage.class))
        .extracting(Change.PostMessage::item)
        .singleElement()
        .isInstanceOfSatisfying(
            Outbound.ChannelMessage.class,
            shown -> {
              assertThat(shown.place()).isEqualTo(THREAD);
              assertThat(shown.asker()).as("if Slack refuses it").contains(ANN.user());
              assertThat(shown.message().toString()).contains("ping", "nothing was done");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"deep", "plugin"})
  void isolation_anErrorOfOneDeliveryIsAnsweredLikeAnyFault(String payload)
      throws InterruptedException {
    worker.take("event:Ev1", "events_api", "envelope-1", payload);
    worker.take("event:Ev2", "events_api", "envelope-1", "ping");
    empty();
    assertThat(handled).containsExactly("ping");
    assertThat(store.committed(Change.MarkAbandoned.class)).hasSize(1);
    assertThat(store.committed(Change.PostMessage.class)).hasSize(1);
  }

  @Test
  void isolation_aDeliveryThatCannotEvenBeGivenUpDoesNotStopTheOthersAndIsTriedMoreAndMoreSeldom()
      throws InterruptedException {
    SettableClock clock = new SettableClock(NOON);
    Store failing =
        Failing.where(
            Store.class,
            store,
            (method, arguments) ->
                method.equals("commit") && Arrays.deepToString(arguments).contains("Abandoned["));
    try (InboxWorker stubborn =
        new InboxWorker(failing, this::interpret, this::handle, clock, "bot-1")) {
      stubborn.take("event:Ev1", "events_api", "envelope-1", "hopeless");
      for (int second = 1; second <= 100; second++) {
        stubborn.take("event:Ev-" + second, "events_api", "envelope-1", "ping");
        Await.until("all that can be done is done", stubborn::isIdle);
        clock.advance(Duration.ofSeconds(1));
        stubborn.resume("bot-1");
        Await.until("all that can be done is done", stubborn::isIdle);
      }
    }
    assertThat(handled).hasSize(100);
    assertThat(failures.get()).as("after 0, 2, 6, 14, 30 and 62 seconds").isEqualTo(6);
    assertThat(store.inbox().unhandled("bot-1")).as("it is not lost").hasSize(1);
  }

  @Test
  void whatCannotBeSaidYetIsAskedAgain() throws InterruptedException {
    worker.take("event:Ev1", "events_api", "envelope-1", "later");
    empty();
    assertThat(doubts).hasValue(2);
  }

  @Test
  void reliabilityR6_aDecisionThatWasOutOfDateIsMadeAgain() throws InterruptedException {
    worker.take("event:Ev1", "events_api", "envelope-1", "lock");
    empty();
    Await.until("it is handled", () -> handled.contains("lock"));
    assertThat(failures).hasValue(4);
  }

  @Test
  void trap28_whatAnotherReplicaHandledInTheMeantimeIsDone() throws InterruptedException {
    worker.take("event:Ev1", "events_api", "envelope-1", "slow");
    store.commit(new Change.MarkHandled(store.inbox().unhandled("bot-1").getFirst().id()));
    gate.countDown();
    Await.until("the worker has let go of it", worker::isIdle);
    assertThat(handled).isEmpty();
    assertThat(store.committed(Change.MarkAbandoned.class)).isEmpty();
  }

  @Test
  void reliabilityR1_whatWasKeptWithoutAnAcknowledgementIsHandledWhenItComesAgain()
      throws InterruptedException {
    store
        .inbox()
        .receive(new Change.AcceptDelivery("event:Ev1", "events_api", "ping", NOON, "bot-1"));
    assertThat(worker.take("event:Ev1", "events_api", "envelope-1", "ping")).isFalse();
    empty();
    Await.until("the ping is handled", () -> handled.contains("ping"));
  }

  @Test
  void reliabilityS5_whatIsUnderwayIsNotBegunASecondTime() throws InterruptedException {
    worker.take("event:Ev1", "events_api", "envelope-1", "slow");
    worker.resume("bot-1");
    gate.countDown();
    empty();
    Await.until("the worker has let go of it", worker::isIdle);
    assertThat(handled).containsExactly("slow");
    assertThat(failures).hasValue(0);
  }

  @Test
  void trap27_aLongCommandDoesNotHoldUpAnother() throws InterruptedException {
    worker.take("event:Ev1", "events_api", "envelope-1", "slow");
    worker.take("event:Ev2", "events_api", "envelope-1", "ping");
    Await.until("the ping is handled", () -> handled.contains("ping"));
    assertThat(handled).containsExactly("ping");
    gate.countDown();
    empty();
  }

  @Test
  void slackK3_whatIsGivenUpIsHandledAndItsAuthorGetsAMessageThatStays()
      throws InterruptedException {
    assertThat(worker.take("event:Ev9", "events_api", "envelope-9", "given up")).isTrue();
    empty();
    assertThat(handled).isEmpty();
    assertThat(store.outbox().due(NOON.plusSeconds(60), 10))
        .singleElement()
        .satisfies(item -> {
          assertThat(item.content().channel()).isEqualTo("U1");
          assertThat(item.content().toString()).contains("Ask once more.");
        });
  }
}
