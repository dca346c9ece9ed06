package dev.bandmaster.bot.store;

import static dev.bandmaster.bot.job.SampleJobs.ANN;
import static dev.bandmaster.bot.job.SampleJobs.NOON;
import static dev.bandmaster.bot.job.SampleJobs.THREAD;
import static dev.bandmaster.bot.job.SampleJobs.end;
import static dev.bandmaster.bot.job.SampleJobs.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.job.JobEvent;
import dev.bandmaster.bot.job.JobMachine;
import dev.bandmaster.bot.job.JobState;
import dev.bandmaster.bot.job.SampleJobs;
import dev.bandmaster.bot.store.Change.Urgency;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.wire.FinalCode;
import dev.bandmaster.wire.NodeDescription;
import dev.bandmaster.wire.NodeKeys;
import dev.bandmaster.wire.NodePublicKey;
import dev.bandmaster.wire.ReplyBody;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every store must hold to, whatever it keeps its rows in. */
public abstract class StoreContract {
  protected final SettableClock clock = new SettableClock(NOON);
  private Store store = new MemoryStore();

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

  private Outbox outbox() {
    return store.outbox();
  }

  private static Outbound message(String text) {
    return new Outbound.Shown(THREAD, Message.sentence(text), false);
  }

  private void show(String id, String text, Urgency urgency) {
    clock.advance(Duration.ofMillis(1));
    store.commit(new Change.Show(id, message(text), urgency));
  }

  private List<String> due() {
    return outbox().due(clock.instant(), 100).stream().map(Outbox.Item::id).toList();
  }

  private Outbox.Item only() {
    List<Outbox.Item> items = outbox().due(clock.instant(), 100);
    assertThat(items).hasSize(1);
    return items.getFirst();
  }

  @Test
  void reliabilityR1_aDeliveryIsKeptOnceHoweverOftenItComes() {
    assertThat(store.inbox().receive("event:Ev1", "events_api", "{}", NOON)).isPresent();
    assertThat(store.inbox().receive("event:Ev1", "events_api", "{\"retry\":1}", NOON)).isEmpty();
    assertThat(store.inbox().receive("event:Ev2", "events_api", "{}", NOON)).isPresent();
    assertThat(store.inbox().unhandled())
        .extracting(Inbox.Item::payload)
        .containsExactly("{}", "{}");
  }

  @Test
  void reliabilityR1_aRetryOfWhatIsHandledIsADuplicateToo() {
    Inbox.Item item = store.inbox().receive("event:Ev1", "events_api", "{}", NOON).orElseThrow();
    store.commit(new Change.Handled(item.id()));
    assertThat(store.inbox().receive("event:Ev1", "events_api", "{}", NOON)).isEmpty();
    assertThat(store.inbox().unhandled()).isEmpty();
  }

  @Test
  void deliveriesAreHandledOldestFirstAndAbandonedOnesAreNotTriedAgain() {
    List<Inbox.Item> items = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      items.add(
          store
              .inbox()
              .receive("key" + i, "slash_commands", "{\"n\":" + i + "}", NOON.plusMillis(i))
              .orElseThrow());
    }
    assertThat(store.inbox().unhandled()).isEqualTo(items);
    store.commit(new Change.Abandoned(items.get(1).id(), "cannot be read: \0"));
    assertThat(store.inbox().unhandled()).containsExactly(items.get(0), items.get(2));
  }

  @Test
  void reliabilityR3_anyNumberOfRedrawsIsOneSending() {
    show("job:1", "1 of 3", Urgency.NOW);
    show("job:1", "2 of 3", Urgency.PROGRESS);
    show("job:1", "3 of 3", Urgency.SOON);
    Outbox.Item item = only();
    assertThat(item.version()).isEqualTo(3);
    assertThat(item.content()).isEqualTo(message("3 of 3"));
    assertThat(item.urgency()).isEqualTo(Urgency.SOON);
    outbox().sent("job:1", 3, "1.1");
    assertThat(due()).isEmpty();
    assertThat(outbox().waiting()).isZero();
    assertThat(outbox().timestamp("job:1")).contains("1.1");
  }

  @Test
  void reliabilityR3_aRedrawBetweenLookingAndSendingStaysDue() {
    show("job:1", "running", Urgency.NOW);
    Outbox.Item looked = only();
    show("job:1", "done", Urgency.NOW);
    outbox().sent(looked.id(), looked.version(), "1.1");
    Outbox.Item next = only();
    assertThat(next.content()).isEqualTo(message("done"));
    assertThat(next.timestamp()).contains("1.1");
  }

  @Test
  void whatHasNoTimestampKeepsNone() {
    store.commit(
        new Change.Show("mark:1", new Outbound.Reacted("C1", "1.1", "eyes", ""), Urgency.SOON));
    outbox().sent("mark:1", 1, "");
    assertThat(outbox().timestamp("mark:1")).isEmpty();
    assertThat(outbox().timestamp("nothing")).isEmpty();
  }

  @Test
  void reliabilityR3_whatIsPostponedComesBackInTimeAndRemembersItsDoubt() {
    show("job:1", "running", Urgency.NOW);
    outbox().postpone("job:1", clock.instant().plusSeconds(5), true, "timeout");
    assertThat(due()).isEmpty();
    assertThat(outbox().waiting()).isEqualTo(1);
    assertThat(outbox().nextAttempt()).contains(clock.instant().plusSeconds(5));
    clock.advance(Duration.ofSeconds(5));
    outbox().postpone("job:1", clock.instant(), false, "rate limited");
    Outbox.Item item = only();
    assertThat(item.uncertain()).isTrue();
    assertThat(item.attempts()).isEqualTo(2);
    outbox().sent("job:1", 1, "1.1");
    show("job:1", "done", Urgency.NOW);
    assertThat(only().uncertain()).isFalse();
    assertThat(only().attempts()).isZero();
  }

  @Test
  void whatIsGoneIsPostedAnew() {
    show("job:1", "running", Urgency.NOW);
    outbox().sent("job:1", 1, "1.1");
    show("job:1", "done", Urgency.NOW);
    outbox().repost("job:1");
    assertThat(only().timestamp()).isEmpty();
  }

  @Test
  void reliabilityR3_whatIsRefusedIsParkedAndCountedAndNewContentIsTried() {
    show("job:1", "too long", Urgency.NOW);
    outbox().park("job:1", "msg_too_long");
    assertThat(due()).isEmpty();
    assertThat(outbox().waiting()).isZero();
    assertThat(outbox().parked()).isEqualTo(1);
    assertThat(outbox().nextAttempt()).isEmpty();
    show("job:1", "short", Urgency.NOW);
    assertThat(due()).containsExactly("job:1");
    assertThat(outbox().parked()).isZero();
  }

  @Test
  void theUrgentIsSentFirstAndThenTheOldest() {
    show("progress", "p", Urgency.PROGRESS);
    show("first", "1", Urgency.NOW);
    show("mark", "m", Urgency.SOON);
    show("second", "2", Urgency.NOW);
    assertThat(due()).containsExactly("first", "second", "mark", "progress");
    assertThat(outbox().due(clock.instant(), 2)).hasSize(2);
  }

  static Stream<Outbound> outbounds() {
    Message everything =
        Message.of(
            new Message.Header("a header"),
            new Message.Paragraph(
                Text.plain("plain")
                    .bold("bold")
                    .code("code")
                    .person("U1")
                    .link("https://ci.example/7", "build 7")),
            new Message.Preformatted("two\nlines\0with a NUL, ünïcödé and 🚀"),
            new Message.Footnote(Text.plain("small")),
            new Message.Divider(),
            new Message.Buttons(
                List.of(
                    new Message.Button(
                        "job.again",
                        "job-1",
                        "Run again",
                        Message.Button.Style.DANGER,
                        Optional.of(new Message.Confirmation("Again?", "Sure?", "Yes", "No"))),
                    new Message.Button(
                        "a", "b", "c", Message.Button.Style.PLAIN, Optional.empty()))));
    return Stream.of(
        new Outbound.Shown(THREAD, everything, true),
        new Outbound.Shown(new Place("D1", Place.Kind.DIRECT, Optional.empty()), everything, false),
        new Outbound.Whispered(
            new Place("C2", Place.Kind.SHARED_CHANNEL, Optional.of("1.1")), "U1", everything),
        new Outbound.Reacted("C1", "1.1", "white_check_mark", "eyes"),
        new Outbound.Attached(THREAD, "job-1.txt", "Everything", "line\n".repeat(1000)));
  }

  @ParameterizedTest
  @MethodSource("outbounds")
  void whatIsToBeShownIsReadAsItWasWritten(Outbound item) {
    store.commit(new Change.Show("item", item, Urgency.NOW));
    assertThat(only().content()).isEqualTo(item);
  }

  @Test
  void aJobIsReadAsItWasWritten() {
    Job ping = SampleJobs.ping(1, "web1", "web2");
    Job deploy = SampleJobs.deploy(2, THREAD, List.of("web1", "web2", "web3"));
    store.commit(new Change.Open(ping), new Change.Open(deploy));
    assertThat(store.jobs().unfinished()).containsExactly(ping, deploy);
    assertThat(store.jobs().find(deploy.id())).contains(deploy);
    assertThat(store.jobs().find("another")).isEmpty();
  }

  @Test
  void aJobGoesOnNodeByNodeAndIsRememberedAfterItsEnd() {
    Job job = SampleJobs.deploy(1, THREAD, List.of("web1", "web2"));
    store.commit(new Change.Open(job));
    ReplyBody.Final withData =
        new ReplyBody.Final(
            FinalCode.OK,
            "restarted 1.4.2",
            0,
            JsonNodeFactory.instance.objectNode().put("version", "1.4.2").put("took", 3));
    job =
        advance(
            job,
            new JobEvent.Dispatched(List.of()),
            new JobEvent.Replied(reply(job, "web1", 1, new ReplyBody.Output("stdout", "a\n"))),
            new JobEvent.Replied(reply(job, "web1", 2, withData)));
    assertThat(store.jobs().find(job.id())).contains(job);
    assertThat(store.jobs().unfinished()).containsExactly(job);

    job = advance(job, new JobEvent.DeadlinePassed());
    assertThat(store.jobs().unfinished()).isEmpty();
    assertThat(store.jobs().find(job.id())).contains(job);

    job = advance(job, new JobEvent.Replied(reply(job, "web2", 1, end(FinalCode.LOST, "died"))));
    assertThat(store.jobs().find(job.id())).contains(job);
  }

  private Job advance(Job job, JobEvent... events) {
    clock.advance(Duration.ofMillis(250));
    JobState state = JobMachine.apply(job.state(), List.of(events), clock.instant());
    Job after = job.with(state);
    store.commit(new Change.Advance(after, state.nodes().keySet()));
    return after;
  }

  @Test
  void trap20_anAnswerWithANulByteIsKeptLikeAnyOther() {
    Job job = SampleJobs.ping(1, "web1");
    store.commit(new Change.Open(job));
    job =
        advance(
            job,
            new JobEvent.Replied(
                reply(job, "web1", 1, new ReplyBody.Output("stdout", "before\0after"))),
            new JobEvent.Replied(reply(job, "web1", 2, end(FinalCode.FAILED, "a \0 b"))));
    Job kept = store.jobs().find(job.id()).orElseThrow();
    assertThat(kept.state().status()).isEqualTo(job.state().status());
    assertThat(SampleJobs.outcome(kept.state(), "web1").output())
        .startsWith("before")
        .endsWith("after")
        .hasSize(12);
  }

  @Test
  void trap14_aCommandWithANulByteIsAuditedLikeAnyOther() {
    AuditEntry entry =
        new AuditEntry(
            NOON,
            ANN.principal(),
            "C1",
            "ping \0",
            "",
            "refused",
            "I do not know the command '\0'.",
            "",
            "");
    Inbox.Item item = store.inbox().receive("key", "events_api", "{}", NOON).orElseThrow();
    store.commit(new Change.Note(entry), new Change.Handled(item.id()));
    assertThat(store.inbox().unhandled()).isEmpty();
  }

  @Test
  void noTwoJobsHaveTheSameNumber() {
    assertThat(Stream.generate(() -> store.jobs().nextNumber()).limit(20)).doesNotHaveDuplicates();
  }

  @Test
  void aCommitIsWholeOrNotAtAll() {
    Job job = SampleJobs.ping(1, "web1");
    store.commit(new Change.Open(job));
    Inbox.Item item = store.inbox().receive("key", "events_api", "{}", NOON).orElseThrow();
    List<Change> changes =
        List.of(
            new Change.Handled(item.id()),
            new Change.Show("answer", message("done"), Urgency.NOW),
            new Change.Open(job));
    assertThatThrownBy(() -> store.commit(changes)).isInstanceOf(StoreUnavailable.class);
    assertThat(store.inbox().unhandled()).containsExactly(item);
    assertThat(due()).isEmpty();
  }

  @Test
  void onlyWhatIsToBeShownWakesTheSender() {
    AtomicInteger woken = new AtomicInteger();
    store.onShow(woken::incrementAndGet);
    store.commit(new Change.Open(SampleJobs.ping(1, "web1")));
    store.commit(List.of());
    assertThat(woken).hasValue(0);
    show("answer", "done", Urgency.NOW);
    assertThat(woken).hasValue(1);
  }

  @Test
  void nodesAreRememberedAsTheyWereLastHeard() {
    NodeDescription web1 = description("web1", "1.4.1");
    store.commit(
        new Change.Hear("web1", 3, 7, NOON, Duration.ofSeconds(10), false),
        new Change.Describe(web1),
        new Change.Hear("web1", 4, 1, NOON, Duration.ofSeconds(20), false));
    assertThat(store.nodes().all())
        .containsExactly(new Nodes.Remembered(web1, 4, 1, NOON, Duration.ofSeconds(20), false));

    NodeDescription updated = description("web1", "1.4.2");
    store.commit(
        new Change.Describe(updated),
        new Change.Hear("web1", 4, 2, NOON.plusSeconds(1), Duration.ofSeconds(20), true));
    assertThat(store.nodes().all())
        .containsExactly(
            new Nodes.Remembered(updated, 4, 2, NOON.plusSeconds(1), Duration.ofSeconds(20), true));
  }

  @Test
  void trustLastsUntilItIsTakenBack() {
    NodePublicKey key = NodeKeys.generate().publicKey();
    store.commit(
        new Change.Trust("web1", key, NOON), new Change.Describe(description("web1", "1.4.1")));
    assertThat(store.nodes().trusted()).isEqualTo(Map.of("web1", key));
    store.commit(new Change.Distrust("web1"));
    assertThat(store.nodes().trusted()).isEmpty();
    assertThat(store.nodes().all()).isEmpty();
  }

  @Test
  void theLastGoodPolicyIsTheOneThatWasUsedLast() {
    assertThat(store.policy()).isEmpty();
    store.commit(new Change.KeepPolicy("policy.yaml", "rules: a", "hash-a"));
    clock.advance(Duration.ofSeconds(1));
    store.commit(new Change.KeepPolicy("policy.yaml", "rules: b", "hash-b"));
    assertThat(store.policy()).contains(new Store.PolicyText("policy.yaml", "rules: b"));
    clock.advance(Duration.ofSeconds(1));
    store.commit(new Change.KeepPolicy("policy.yaml", "rules: a", "hash-a"));
    assertThat(store.policy()).contains(new Store.PolicyText("policy.yaml", "rules: a"));
  }

  @Test
  void manyThreadsTakeInTheSameDeliveriesAndEachIsKeptOnce() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    AtomicInteger kept = new AtomicInteger();
    for (int t = 0; t < 8; t++) {
      threads.add(
          Thread.ofVirtual()
              .name("taker-", t)
              .start(() -> {
                for (int i = 0; i < 20; i++) {
                  if (store.inbox().receive("key" + i, "events_api", "{}", NOON).isPresent()) {
                    kept.incrementAndGet();
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(kept).hasValue(20);
    assertThat(store.inbox().unhandled()).hasSize(20);
  }

  private static NodeDescription description(String node, String version) {
    return new NodeDescription(
        node,
        "main",
        "staging",
        Map.of("web", version),
        List.of("frontend"),
        List.of("blue"),
        Map.of("os", "linux"),
        List.copyOf(Set.of("ping")));
  }
}
