package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.core.job.SampleJobs.end;
import static dev.bandmaster.core.job.SampleJobs.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEffect;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobMachine;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.AlreadyHandled;
import dev.bandmaster.core.store.Audit;
import dev.bandmaster.core.store.AuditChain;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.EnrolmentToken;
import dev.bandmaster.core.store.Inbox;
import dev.bandmaster.core.store.Nodes;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.NodePublicKey;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every store must hold to, whatever it keeps its rows in. */
public abstract class StoreContract extends StoreFixture {
  @Test
  void reliabilityR1_aDeliveryIsKeptOnceHoweverOftenItComes() {
    assertThat(
            store
                .inbox()
                .receive(new Change.AcceptDelivery("event:Ev1", "events_api", "{}", NOON, "bot-1")))
        .isPresent();
    assertThat(
            store
                .inbox()
                .receive(
                    new Change.AcceptDelivery(
                        "event:Ev1", "events_api", "{\"retry\":1}", NOON, "bot-1")))
        .isEmpty();
    assertThat(
            store
                .inbox()
                .receive(new Change.AcceptDelivery("event:Ev2", "events_api", "{}", NOON, "bot-1")))
        .isPresent();
    assertThat(store.inbox().unhandled("bot-1"))
        .extracting(Inbox.Item::payload)
        .containsExactly("{}", "{}");
  }

  @Test
  void reliabilityR1_aRetryOfWhatIsHandledIsADuplicateToo() {
    Inbox.Item item =
        store
            .inbox()
            .receive(new Change.AcceptDelivery("event:Ev1", "events_api", "{}", NOON, "bot-1"))
            .orElseThrow();
    store.commit(new Change.MarkHandled(item.id()));
    assertThat(
            store
                .inbox()
                .receive(new Change.AcceptDelivery("event:Ev1", "events_api", "{}", NOON, "bot-1")))
        .isEmpty();
    assertThat(store.inbox().unhandled("bot-1")).isEmpty();
  }

  @Test
  void reliabilityR6_whoComesSecondToADeliveryIsRefusedAndNothingOfItsCommitIsKept() {
    Inbox.Item item =
        store
            .inbox()
            .receive(new Change.AcceptDelivery("event:Ev1", "events_api", "{}", NOON, "bot-1"))
            .orElseThrow();
    store.commit(new Change.MarkHandled(item.id()));
    List<Change> second =
        List.of(
            new Change.PostMessage("answer", message("done"), Urgency.NOW),
            new Change.MarkHandled(item.id()));
    assertThatThrownBy(() -> store.commit(second)).isInstanceOf(AlreadyHandled.class);
    assertThatThrownBy(() -> store.commit(new Change.MarkAbandoned(item.id(), "a fault")))
        .isInstanceOf(AlreadyHandled.class)
        .hasMessageContaining("already handled");
    assertThat(due()).isEmpty();
  }

  @Test
  void reliabilityS5_eachReplicaFindsTheWorkOfItsLease() {
    Inbox.Item mine =
        store
            .inbox()
            .receive(new Change.AcceptDelivery("event:Ev1", "events_api", "{}", NOON, "bot-1"))
            .orElseThrow();
    Inbox.Item theirs =
        store
            .inbox()
            .receive(new Change.AcceptDelivery("event:Ev2", "events_api", "{}", NOON, "bot-2"))
            .orElseThrow();
    assertThat(store.inbox().unhandled("bot-1")).containsExactly(mine);
    assertThat(store.inbox().unhandled("bot-2")).containsExactly(theirs);
  }

  @Test
  void reliabilityR5_whatIsPutIntoTheInboxByACommitIsKeptOnce() {
    Change receive = new Change.AcceptDelivery("schedule:7:1", "schedule", "ping", NOON, "bot-1");
    store.commit(receive);
    store.commit(receive, new Change.PostMessage("answer", message("done"), Urgency.NOW));
    assertThat(store.inbox().unhandled("bot-1"))
        .extracting(Inbox.Item::kind, Inbox.Item::payload, Inbox.Item::received)
        .containsExactly(tuple("schedule", "ping", NOON));
    assertThat(due()).containsExactly("answer");
  }

  @Test
  void deliveriesAreHandledOldestFirstAndAbandonedOnesAreNotTriedAgain() {
    List<Inbox.Item> items = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      items.add(
          store
              .inbox()
              .receive(
                  new Change.AcceptDelivery(
                      "key" + i,
                      "slash_commands",
                      "{\"n\":" + i + "}",
                      NOON.plusMillis(i),
                      "bot-1"))
              .orElseThrow());
    }
    assertThat(store.inbox().unhandled("bot-1")).isEqualTo(items);
    store.commit(new Change.MarkAbandoned(items.get(1).id(), "cannot be read: \0"));
    assertThat(store.inbox().unhandled("bot-1")).containsExactly(items.get(0), items.get(2));
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
        new Outbound.ChannelMessage(THREAD, everything, true),
        new Outbound.ChannelMessage(
            new ConversationRef("D1", ConversationRef.Kind.DIRECT, Optional.empty()),
            everything,
            false),
        new Outbound.Ephemeral(
            new ConversationRef("C2", ConversationRef.Kind.SHARED_CHANNEL, Optional.of("1.1")),
            "U1",
            everything),
        new Outbound.Reaction("C1", "1.1", "white_check_mark", "eyes"),
        new Outbound.ChannelMessage(THREAD, everything, false).askedBy("U1"),
        new Outbound.FileAttachment(THREAD, "job-1.txt", "Everything", "line\n".repeat(1000)),
        new Outbound.FileAttachment(THREAD, "job-1.txt", "All", "line").askedBy("U1"));
  }

  @ParameterizedTest
  @MethodSource("outbounds")
  void whatIsToBeShownIsReadAsItWasWritten(Outbound item) {
    store.commit(new Change.PostMessage("item", item, Urgency.NOW));
    assertThat(only().content()).isEqualTo(item);
  }

  @Test
  void aJobIsReadAsItWasWritten() {
    Job ping = SampleJobs.ping(1, "web1", "web2");
    Job deploy = SampleJobs.deploy(2, THREAD, List.of("web1", "web2", "web3"));
    store.commit(new Change.CreateJob(ping, "bot-1"), new Change.CreateJob(deploy, "bot-1"));
    assertThat(store.jobs().unfinished("bot-1")).containsExactly(ping, deploy);
    assertThat(store.jobs().find(deploy.id())).contains(deploy);
    assertThat(store.jobs().find("another")).isEmpty();
  }

  @Test
  void aJobGoesOnNodeByNodeAndIsRememberedAfterItsEnd() {
    Job job = SampleJobs.deploy(1, THREAD, List.of("web1", "web2"));
    store.commit(new Change.CreateJob(job, "bot-1"));
    ReportBody.Final withData =
        new ReportBody.Final(
            FinalCode.OK,
            "restarted 1.4.2",
            0,
            Data.Fields.EMPTY.with("version", "1.4.2").with("took", 3));
    job =
        advance(
            job,
            new JobEvent.Dispatched(job.id(), List.of()),
            new JobEvent.Replied(reply(job, "web1", 1, new ReportBody.Output("stdout", "a\n"))),
            new JobEvent.Replied(reply(job, "web1", 2, withData)));
    assertThat(store.jobs().find(job.id())).contains(job);
    assertThat(store.jobs().unfinished("bot-1")).containsExactly(job);

    clock.advance(job.patience());
    job = advance(job, new JobEvent.TimePassed());
    assertThat(store.jobs().unfinished("bot-1")).isEmpty();
    assertThat(store.jobs().find(job.id())).contains(job);

    job = advance(job, new JobEvent.Replied(reply(job, "web2", 1, end(FinalCode.LOST, "died"))));
    assertThat(store.jobs().find(job.id())).contains(job);
  }

  private Job advance(Job job, JobEvent... events) {
    clock.advance(Duration.ofMillis(250));
    JobMachine.Advanced advanced =
        JobMachine.apply(job.state(), job.rules(), List.of(events), clock.instant());
    Job after = job.with(advanced.state());
    List<JobEffect.Keep> printed =
        advanced.effects().stream()
            .filter(JobEffect.Keep.class::isInstance)
            .map(JobEffect.Keep.class::cast)
            .toList();
    store.commit(new Change.UpdateJob(after, after.state().nodes().keySet(), true, printed));
    return after;
  }

  @Test
  void trap20_anAnswerWithANulByteIsKeptLikeAnyOther() {
    Job job = SampleJobs.ping(1, "web1");
    store.commit(new Change.CreateJob(job, "bot-1"));
    job =
        advance(
            job,
            new JobEvent.Replied(
                reply(job, "web1", 1, new ReportBody.Output("stdout", "before\0after"))),
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
            "",
            "",
            "",
            "refused",
            "Unknown command '\0'.",
            "",
            "");
    Inbox.Item item =
        store
            .inbox()
            .receive(new Change.AcceptDelivery("key", "events_api", "{}", NOON, "bot-1"))
            .orElseThrow();
    store.commit(new Change.AppendAudit(entry), new Change.MarkHandled(item.id()));
    assertThat(store.inbox().unhandled("bot-1")).isEmpty();
  }

  private static AuditEntry entry(int number, String env, String app, String raw) {
    return new AuditEntry(
        NOON.plusSeconds(number),
        ANN.principal(),
        "C1",
        raw,
        "ping",
        env,
        app,
        "",
        "answered",
        "",
        "r1",
        "hash");
  }

  private void note(AuditEntry... entries) {
    for (AuditEntry entry : entries) {
      store.commit(new Change.AppendAudit(entry));
    }
  }

  @Test
  void auditP14_eachRowContinuesTheOneBefore() {
    assertThat(AuditChain.verify(store.audit(), Optional.empty()))
        .isEqualTo(
            new AuditChain.Verdict.Whole(
                0, Optional.empty(), Optional.empty(), AuditChain.BEGINNING));
    note(
        entry(1, "prod", "web", "ping \0 \ud800 ü"),
        entry(2, "prod", "api", "ping"),
        entry(3, "staging", "web", "ping"));
    List<Audit.Row> rows = store.audit().after(0, 10);
    assertThat(rows).extracting(Audit.Row::number).containsExactly(1L, 2L, 3L);
    assertThat(rows.getFirst().previous()).isEqualTo(AuditChain.BEGINNING);
    assertThat(rows.get(1).previous()).isEqualTo(rows.getFirst().hash());
    assertThat(store.audit().head()).isEqualTo(new Audit.Head(3, rows.getLast().hash()));
    assertThat(AuditChain.verify(store.audit(), Optional.of(rows.get(1).hash())))
        .isEqualTo(
            new AuditChain.Verdict.Whole(
                3,
                Optional.of(NOON.plusSeconds(1)),
                Optional.of(NOON.plusSeconds(3)),
                rows.getLast().hash()));
  }

  @Test
  void auditP14_whatIsRefusedLeavesNoGap() {
    note(entry(1, "prod", "web", "ping"));
    List<Change> refused =
        List.of(new Change.AppendAudit(entry(2, "", "", "ping")), new Change.MarkHandled("nobody"));
    assertThatThrownBy(() -> store.commit(refused)).isInstanceOf(AlreadyHandled.class);
    note(entry(3, "prod", "web", "ping"));
    assertThat(store.audit().after(0, 10)).extracting(Audit.Row::number).containsExactly(1L, 2L);
    assertThat(AuditChain.verify(store.audit(), Optional.empty()))
        .isInstanceOf(AuditChain.Verdict.Whole.class);
  }

  @Test
  void auditP14_manyWritersMakeOneChain() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int number = t;
      threads.add(
          Thread.ofVirtual()
              .name("writer-", t)
              .start(() -> {
                for (int i = 0; i < 20; i++) {
                  note(entry(number, "", "", "ping " + i));
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(AuditChain.verify(store.audit(), Optional.empty()))
        .isInstanceOfSatisfying(
            AuditChain.Verdict.Whole.class, whole -> assertThat(whole.rows()).isEqualTo(160));
  }

  @Test
  void theHistoryOfAnEnvironmentAndAnApplicationIsNewestFirst() {
    note(
        entry(1, "prod", "web", "one"),
        entry(2, "prod", "api", "two"),
        entry(3, "staging", "web", "three"),
        entry(4, "prod", "web", "four"));
    assertThat(words(Optional.empty(), Optional.empty(), 3))
        .containsExactly("four", "three", "two");
    assertThat(words(Optional.of("prod"), Optional.empty(), 9))
        .containsExactly("four", "two", "one");
    assertThat(words(Optional.of("prod"), Optional.of("web"), 9)).containsExactly("four", "one");
    assertThat(words(Optional.empty(), Optional.of("web"), 9))
        .containsExactly("four", "three", "one");
  }

  private List<String> words(Optional<String> env, Optional<String> app, int limit) {
    return store.audit().newest(env, app, limit).stream().map(row -> row.entry().raw()).toList();
  }

  @Test
  void noTwoJobsHaveTheSameNumber() {
    assertThat(Stream.generate(() -> store.jobs().nextNumber()).limit(20)).doesNotHaveDuplicates();
  }

  @Test
  void aCommitIsWholeOrNotAtAll() {
    Job job = SampleJobs.ping(1, "web1");
    store.commit(new Change.CreateJob(job, "bot-1"));
    Inbox.Item item =
        store
            .inbox()
            .receive(new Change.AcceptDelivery("key", "events_api", "{}", NOON, "bot-1"))
            .orElseThrow();
    List<Change> changes =
        List.of(
            new Change.MarkHandled(item.id()),
            new Change.PostMessage("answer", message("done"), Urgency.NOW),
            new Change.CreateJob(job, "bot-1"));
    assertThatThrownBy(() -> store.commit(changes)).isInstanceOf(StoreUnavailable.class);
    assertThat(store.inbox().unhandled("bot-1")).containsExactly(item);
    assertThat(due()).isEmpty();
  }

  @Test
  void onlyWhatIsToBeShownWakesTheSender() {
    AtomicInteger woken = new AtomicInteger();
    store.onShow(woken::incrementAndGet);
    store.commit(new Change.CreateJob(SampleJobs.ping(1, "web1"), "bot-1"));
    store.commit(List.of());
    assertThat(woken).hasValue(0);
    show("answer", "done", Urgency.NOW);
    assertThat(woken).hasValue(1);
  }

  @Test
  void nodesAreRememberedAsTheyWereLastSeen() {
    NodeDescription web1 = description("web1", "1.4.1");
    store.commit(
        new Change.NodeSeen("web1", 3, 7, NOON, Duration.ofSeconds(10), false),
        new Change.NodeDescribed(web1, 3, 7),
        new Change.NodeSeen("web1", 4, 1, NOON, Duration.ofSeconds(20), false));
    assertThat(store.nodes().all())
        .containsExactly(new Nodes.Remembered(web1, 4, 1, NOON, Duration.ofSeconds(20), false));

    NodeDescription updated = description("web1", "1.4.2");
    store.commit(
        new Change.NodeDescribed(updated, 4, 2),
        new Change.NodeSeen("web1", 4, 2, NOON.plusSeconds(1), Duration.ofSeconds(20), true));
    assertThat(store.nodes().all())
        .containsExactly(
            new Nodes.Remembered(updated, 4, 2, NOON.plusSeconds(1), Duration.ofSeconds(20), true));
  }

  @Test
  void trap17_whatTwoReplicasReceiveOfANodeIsKeptOnceAndNeverGoesBack() {
    NodeDescription old = description("web1", "1.4.1");
    NodeDescription latest = description("web1", "1.4.2");
    Change.NodeSeen seen = new Change.NodeSeen("web1", 4, 9, NOON, Duration.ofSeconds(10), true);
    store.commit(new Change.NodeDescribed(latest, 4, 9), seen);
    store.commit(new Change.NodeDescribed(latest, 4, 9), seen);
    store.commit(
        new Change.NodeDescribed(old, 4, 8),
        new Change.NodeSeen("web1", 4, 8, NOON.plusSeconds(9), Duration.ofSeconds(10), false));
    store.commit(
        new Change.NodeDescribed(old, 3, 99),
        new Change.NodeSeen("web1", 3, 99, NOON.plusSeconds(9), Duration.ofSeconds(10), false));
    assertThat(store.nodes().all())
        .containsExactly(new Nodes.Remembered(latest, 4, 9, NOON, Duration.ofSeconds(10), true));
  }

  @Test
  void trustLastsUntilItIsTakenBack() {
    NodePublicKey key = new NodePublicKey("AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE");
    store.commit(
        new Change.TrustNode("web1", key, NOON),
        new Change.NodeDescribed(description("web1", "1.4.1"), 1, 1));
    assertThat(store.nodes().trusted()).isEqualTo(Map.of("web1", key));
    store.commit(new Change.DistrustNode("web1"));
    assertThat(store.nodes().trusted()).isEmpty();
    assertThat(store.nodes().all()).isEmpty();
  }

  private static EnrolmentToken token(long number, int uses) {
    return new EnrolmentToken(
        number,
        "hash-" + number,
        "staging",
        "slack:T1:U1",
        "ann",
        NOON,
        NOON.plusSeconds(60),
        uses,
        0,
        Optional.empty());
  }

  private boolean uses(long number, String environment, Instant at) {
    try {
      store.commit(new Change.UseEnrolmentToken(number, environment, at));
      return true;
    } catch (StoreConflict over) {
      return false;
    }
  }

  @Test
  void trustT4_aTokenIsUsedAsOftenAsItCountsWhereItCountsAndWhileItCounts() {
    assertThat(store.enrolmentTokens().nextNumber()).isEqualTo(1);
    store.commit(new Change.CreateEnrolmentToken(token(1, 2)));
    assertThat(store.enrolmentTokens().nextNumber()).isEqualTo(2);
    assertThatThrownBy(() -> store.commit(new Change.CreateEnrolmentToken(token(1, 9))))
        .isInstanceOf(StoreConflict.class);
    assertThat(store.enrolmentTokens().byHash("hash-1")).contains(token(1, 2));
    assertThat(uses(1, "prod", NOON)).isFalse();
    assertThat(uses(1, "staging", NOON.plusSeconds(60))).isFalse();
    assertThat(uses(1, "staging", NOON)).isTrue();
    assertThat(uses(1, "staging", NOON)).isTrue();
    assertThat(uses(1, "staging", NOON)).isFalse();
    assertThat(store.enrolmentTokens().valid(NOON, 9)).isEmpty();

    store.commit(new Change.CreateEnrolmentToken(token(2, 9)));
    assertThat(store.enrolmentTokens().valid(NOON, 9)).containsExactly(token(2, 9));
    store.commit(new Change.RevokeEnrolmentToken(2, NOON));
    assertThat(uses(2, "staging", NOON)).isFalse();
    assertThatThrownBy(() -> store.commit(new Change.RevokeEnrolmentToken(2, NOON)))
        .isInstanceOf(StoreConflict.class);
  }

  @Test
  void trustT6_itIsKnownSinceWhenANodeIsTrusted() {
    NodePublicKey key = new NodePublicKey("AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE");
    store.commit(
        new Change.TrustNode("web2", key, NOON.plusSeconds(2)),
        new Change.TrustNode("web1", key, NOON));
    assertThat(store.nodes().trustedKey("web1")).contains(key);
    assertThat(store.nodes().trustedKey("web9")).isEmpty();
    assertThat(store.nodes().trustedBefore(NOON)).isEmpty();
    assertThat(store.nodes().trustedBefore(NOON.plusSeconds(2)))
        .containsExactly(new Nodes.TrustedSince("web1", NOON));
    assertThat(store.nodes().trustedBefore(NOON.plusSeconds(9)))
        .extracting(Nodes.TrustedSince::node)
        .containsExactly("web1", "web2");
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
                  if (store
                      .inbox()
                      .receive(
                          new Change.AcceptDelivery("key" + i, "events_api", "{}", NOON, "bot-1"))
                      .isPresent()) {
                    kept.incrementAndGet();
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(kept).hasValue(20);
    assertThat(store.inbox().unhandled("bot-1")).hasSize(20);
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
