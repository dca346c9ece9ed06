package dev.bandmaster.engine.outbox;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.RateLimiter;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.testing.Await;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.slack.SlackRateLimiter;
import dev.bandmaster.store.TestStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What leaves when much waits. Rounds are made one by one, in a time that stands still between
 * them, and Slack's limits are those that the bot reckons with.
 */
class FairSendingTest {
  private final SettableClock clock = new SettableClock(NOON);
  @RegisterExtension private final TestStore store = new TestStore(clock);
  private final FakeChat chat = new FakeChat();
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger rows = new AtomicInteger();
  private final AtomicInteger claims = new AtomicInteger();
  private OutboxSender sender = sender(new SlackRateLimiter(clock));

  private OutboxSender sender(RateLimiter pace) {
    return new OutboxSender(
        new OutboxWrapper(store.outbox()) {
          @Override
          public List<Item> due(Instant now, Held held, int perLane, int limit) {
            looks.incrementAndGet();
            List<Item> due = super.due(now, held, perLane, limit);
            rows.addAndGet(due.size());
            return due;
          }

          @Override
          public List<Claim> claim(String holder, Instant now, Duration lease, List<String> ids) {
            if (!ids.isEmpty()) {
              claims.incrementAndGet();
            }
            return super.claim(holder, now, lease, ids);
          }
        },
        chat,
        pace,
        "bot-1",
        clock,
        new Random(7));
  }

  @AfterEach
  void stop() {
    sender.close();
  }

  private static Outbound in(String channel, ConversationRef.Kind kind, String text) {
    return new Outbound.ChannelMessage(
        new ConversationRef(channel, kind, Optional.empty()), Message.sentence(text), false);
  }

  private void post(String id, String channel, Urgency urgency) {
    store.commit(
        new Change.PostMessage(id, in(channel, ConversationRef.Kind.CHANNEL, id), urgency));
  }

  /** One node's alerts, each a first post of something critical. */
  private void alerts(int count) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      changes.add(
          new Change.PostMessage(
              "alert:%04d:CALERTS".formatted(i),
              in("CALERTS", ConversationRef.Kind.CHANNEL, "it burns"),
              Urgency.NOW));
    }
    store.commit(changes);
  }

  /** One look, and all that it sent has arrived. */
  private void round() throws InterruptedException {
    sender.look();
    Await.until("all of this round has arrived", sender::isIdle);
  }

  private List<String> arrived() {
    return chat.attempts.stream().map(FakeChat.Attempt::id).toList();
  }

  @Test
  void trustT18_oneNodeCannotFillTheOutbox() throws InterruptedException {
    alerts(3_000);
    round();
    clock.advance(Duration.ofSeconds(10));
    round();
    assertThat(arrived()).as("the channel's limit").hasSizeBetween(1, 6);
    chat.attempts.clear();
    store.commit(
        new Change.PostMessage("ping", in("D1", ConversationRef.Kind.DIRECT, "pong"), Urgency.NOW),
        new Change.PostMessage(
            "whisper",
            new Outbound.Ephemeral(
                new ConversationRef("C2", ConversationRef.Kind.CHANNEL, Optional.empty()),
                "U1",
                Message.sentence("no")),
            Urgency.NOW),
        new Change.PostMessage(
            "mark", new Outbound.Reaction("C2", "1.1", "eyes", ""), Urgency.PROGRESS),
        new Change.PostMessage(
            "file",
            new Outbound.FileAttachment(
                new ConversationRef("C3", ConversationRef.Kind.CHANNEL, Optional.empty()),
                "a.txt",
                "a",
                "text"),
            Urgency.SOON),
        new Change.PostMessage(
            "home", new Outbound.HomeTab("U1", Message.sentence("home")), Urgency.SOON),
        new Change.PostMessage("pulse", new Outbound.Heartbeat(NOON), Urgency.SOON));
    post("job:1", "CJOBS", Urgency.NOW);
    post("job:2", "CJOBS", Urgency.SOON);
    post("job:3", "COTHER", Urgency.PROGRESS);
    round();
    assertThat(arrived())
        .as("all others leave in the very next round")
        .contains("ping", "whisper", "mark", "file", "home", "pulse", "job:1", "job:2", "job:3");
  }

  @Test
  void trustT18_anEndlessFloodOfTheMostUrgentStarvesNobodyOfASharedMethod()
      throws InterruptedException {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      post("flood:" + i, "C" + i, Urgency.NOW);
      store
          .outbox()
          .claim("x", clock.instant(), Duration.ofMinutes(1), List.of("flood:" + i))
          .forEach(claim -> store.outbox().sent(claim, "1.1"));
      changes.add(
          new Change.PostMessage(
              "flood:" + i, in("CALERTS", ConversationRef.Kind.CHANNEL, "over " + i), Urgency.NOW));
    }
    post("job:1", "CJOBS", Urgency.NOW);
    store
        .outbox()
        .claim("x", clock.instant(), Duration.ofMinutes(1), List.of("job:1"))
        .forEach(claim -> store.outbox().sent(claim, "1.1"));
    store.commit(changes);
    post("job:1", "CJOBS", Urgency.SOON);
    int rounds = 0;
    while (chat.at("job:1").isEmpty() && rounds < 60) {
      round();
      clock.advance(Duration.ofSeconds(1));
      rounds++;
    }
    assertThat(rounds).as("seconds until an update of another channel").isLessThan(30);
    assertThat(arrived()).as("and the flood goes on").hasSizeGreaterThan(5);
  }

  /** Rows, looks and claims for ten replies. */
  private List<Integer> costOfReplies(String name) throws InterruptedException {
    looks.set(0);
    rows.set(0);
    claims.set(0);
    for (int i = 0; i < 10; i++) {
      post(name + i, "D" + name + i, Urgency.NOW);
      round();
      assertThat(chat.at(name + i)).hasSize(1);
    }
    return List.of(looks.get(), rows.get(), claims.get());
  }

  @Test
  void trustT18_reactionsThatWaitCostAReplyNothing() throws InterruptedException {
    List<Integer> alone = costOfReplies("before");
    List<Change> reactions = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      reactions.add(
          new Change.PostMessage(
              "mark:" + i,
              new Outbound.Reaction("C" + i % 50, i + ".1", "eyes", ""),
              i % 2 == 0 ? Urgency.PROGRESS : Urgency.SOON));
    }
    store.commit(reactions);
    for (int i = 0; i < 3; i++) {
      round();
    }
    assertThat(store.outbox().waiting()).as("most wait for Slack's limit").isGreaterThan(1_900);
    assertThat(costOfReplies("after")).isEqualTo(alone).containsExactly(10, 10, 10);
  }

  @Test
  void isolation_anItemOfWhichTheChatThrowsForEverStopsNoOtherAndIsReportedOnce()
      throws InterruptedException {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) org.slf4j.LoggerFactory.getLogger(OutboxSender.class);
    log.start();
    logger.addAppender(log);
    try {
      sender =
          sender(
              new FakePace((item, redraw, important) -> {
                if (item.channel().equals("CPACE")) {
                  throw new IllegalStateException("a fault");
                }
                return Optional.empty();
              }));
      chat.breaks("poison");
      for (int i = 0; i < 20; i++) {
        post("pace:" + i, "CPACE", Urgency.NOW);
      }
      post("poison", "C1", Urgency.NOW);
      for (int i = 0; i < 20; i++) {
        post("good:" + i, "C1", Urgency.NOW);
        round();
        assertThat(chat.at("good:" + i)).hasSize(1);
        clock.advance(Duration.ofMinutes(3));
      }
    } finally {
      logger.detachAppender(log);
    }
    assertThat(chat.at("poison")).as("tried again and again").hasSizeGreaterThan(5);
    assertThat(log.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .filteredOn(event -> event.getFormattedMessage().contains("poison"))
        .filteredOn(event -> event.getLevel() == Level.ERROR)
        .hasSize(1);
    assertThat(log.list)
        .filteredOn(event -> event.getFormattedMessage().contains("pace:1 "))
        .filteredOn(event -> event.getLevel() == Level.ERROR)
        .hasSize(1);
  }
}
