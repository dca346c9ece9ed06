package dev.bandmaster.engine.jobs;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.core.job.SampleJobs.end;
import static dev.bandmaster.core.job.SampleJobs.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.freeze.FreezeScope;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.core.job.Wave.Kind;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.DeployLock;
import dev.bandmaster.core.store.Interests;
import dev.bandmaster.core.store.LeaseLost;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.store.TestStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JobEngineTest {
  @RegisterExtension private final TestStore store = new TestStore();
  private final JobEngineBench bench = new JobEngineBench(store, "one");
  private final JobEngine engine = bench.engine;

  private Job open(Job job) {
    return bench.open(job);
  }

  private static TargetReport ok(Job job, String node) {
    return reply(job, node, 9, end(FinalCode.OK, "runs 1.4.2"));
  }

  private JobStatus status(Job job) {
    return engine.find(job.id()).orElseThrow().state().status();
  }

  private String shown(Job job) {
    return store.wanted(job.messageId()).orElseThrow().toString();
  }

  @Test
  void aBatchOfRepliesIsOneCommitThatNamesExactlyTheNodesThatChanged() {
    Job job = open(SampleJobs.deploy(1, THREAD, List.of("web1", "web2", "web3")));
    Job other = open(SampleJobs.ping(2, "db1"));
    bench.replies(
        List.of(
            reply(job, "web1", 1, new ReportBody.Accepted()),
            ok(job, "web2"),
            reply(other, "db1", 1, new ReportBody.Started()),
            reply(job, "web1", 1, new ReportBody.Accepted())));
    assertThat(store.committed(Change.UpdateJob.class))
        .extracting(Change.UpdateJob::touched)
        .containsExactly(Set.of("web1", "web2"), Set.of("db1"));
    bench.replies(List.of(ok(job, "web2")));
    assertThat(store.committed(Change.UpdateJob.class)).as("seen before").hasSize(2);
  }

  @Test
  void anAnswerToNobodysQuestionIsDropped() {
    int before = store.committed().size();
    bench.replies(List.of(ok(SampleJobs.ping(99, "web1"), "web1")));
    assertThat(store.committed()).hasSize(before);
  }

  @Test
  void reliabilityR8_theEndIsCommittedWithItsMessage() {
    Job job = open(SampleJobs.deploy(1, THREAD, List.of("web1")));
    bench.replies(List.of(ok(job, "web1")));
    assertThat(shown(job)).contains("✅").contains("runs 1.4.2");
    assertThat(store.wanted("mark:C1:" + THREAD.thread().orElseThrow()))
        .contains(
            new Outbound.Reaction("C1", THREAD.thread().orElseThrow(), "white_check_mark", "eyes"));
    assertThat(store.wanted("alarm:" + job.id())).isEmpty();
    assertThat(engine.running()).isEmpty();
    assertThat(status(job)).isEqualTo(JobStatus.SUCCEEDED);
  }

  private void subscribe(long number, String channel, String environment) {
    store.commit(
        new Change.Subscribe(
            new Interests.Subscription(
                number, channel, environment, "web", "slack:T1:U1", "ann", NOON)));
  }

  @Test
  void peopleU13_whoWantsToKnowIsToldOfTheEndInItsCommit() {
    Job job = open(SampleJobs.rollout(1, Rollout.AT_ONCE, "web1"));
    subscribe(1, "C7", "staging");
    subscribe(2, "C8", "prod");
    subscribe(3, "C1", "");
    store.commit(new Change.WatchJob(job.id(), "U2"));
    bench.replies(List.of(ok(job, "web1")));
    assertThat(store.wanted("watch:" + job.id() + ":U2").orElseThrow().toString())
        .contains("job 1", "succeeded, ok on 1 of 1 nodes");
    assertThat(store.wanted("subscription:" + job.id() + ":C7")).isPresent();
    assertThat(store.wanted("subscription:" + job.id() + ":C8")).as("elsewhere").isEmpty();
    assertThat(store.wanted("subscription:" + job.id() + ":C1")).as("where it is seen").isEmpty();
    assertThat(store.jobs().interests().watchers(job.id())).isEmpty();
  }

  @Test
  void peopleU13_whatWasAskedInDirectMessagesStaysThere() {
    Job shared = SampleJobs.rollout(1, Rollout.AT_ONCE, "web1");
    ConversationRef direct = ConversationRef.directWith("U1");
    Job job =
        open(
            new Job(
                shared.id(),
                shared.number(),
                shared.command(),
                shared.right(),
                shared.canonical(),
                shared.asker(),
                shared.askerName(),
                shared.groups(),
                direct,
                shared.question(),
                shared.work(),
                shared.backend(),
                shared.emergency(),
                shared.created(),
                shared.patience(),
                shared.state()));
    subscribe(1, "C7", "staging");
    bench.replies(List.of(ok(job, "web1")));
    assertThat(store.wanted("subscription:" + job.id() + ":C7")).isEmpty();
  }

  @Test
  void reliabilityR8_whatOthersHaveToKnowOfAnEndIsInItsCommit() {
    engine.noticeEnds(
        new JobEndListener() {
          @Override
          public List<Change> with(Job job, Instant now) {
            return List.of(new Change.KeepPolicy("end", "of job " + job.number(), "hash"));
          }

          @Override
          public void after(Job job) {}
        });
    Job job = open(SampleJobs.deploy(1, THREAD, List.of("web1")));
    store.setAway(true);
    CompletableFuture<Void> unheard = engine.replied("bot-1", List.of(ok(job, "web1")));
    bench.round();
    store.setAway(false);
    assertThat(unheard).isCompletedExceptionally();
    assertThat(store.committed(Change.KeepPolicy.class)).isEmpty();
    bench.replies(List.of(ok(job, "web1")));
    assertThat(store.committed(Change.UpdateJob.class)).hasSize(1);
    assertThat(store.committed(Change.KeepPolicy.class))
        .containsExactly(new Change.KeepPolicy("end", "of job 1", "hash"));
  }

  @Test
  void reliabilityR8_atTheDeadlineSilentNodesAreNamedAndTheChannelIsNotified() {
    Job job = open(SampleJobs.deploy(1, THREAD, List.of("web1", "web2")));
    bench.happens(job, new JobEvent.Dispatched(job.id(), List.of()));
    bench.replies(List.of(ok(job, "web1")));
    bench.after(Duration.ofMinutes(1).minusMillis(1));
    assertThat(status(job)).isEqualTo(JobStatus.RUNNING);
    bench.after(Duration.ofMillis(1));
    assertThat(status(job)).isEqualTo(JobStatus.PARTLY_FAILED);
    assertThat(shown(job)).contains("web2").contains("did not answer in time");
    assertThat(store.wanted("alarm:" + job.id()))
        .hasValueSatisfying(alarm ->
            assertThat(alarm)
                .isInstanceOfSatisfying(
                    Outbound.ChannelMessage.class,
                    shown -> assertThat(shown.broadcast()).isTrue()));
  }

  @Test
  void trap25_aLateAnswerCorrectsTheSameMessageAndAlarmsNobodyTwice() {
    Job job = open(SampleJobs.deploy(1, THREAD, List.of("web1", "web2")));
    bench.replies(List.of(ok(job, "web1")));
    bench.after(job.patience());
    long alarms = alarms();
    bench.replies(List.of(reply(job, "web2", 9, end(FinalCode.FAILED, "no space left"))));
    assertThat(shown(job)).contains("no space left");
    assertThat(alarms()).isEqualTo(alarms).isEqualTo(1);
    assertThat(status(job)).isEqualTo(JobStatus.PARTLY_FAILED);
  }

  private long alarms() {
    return store.committed(Change.PostMessage.class).stream()
        .filter(show -> show.id().startsWith("alarm:"))
        .count();
  }

  @Test
  void inADmNobodyIsAlarmed() {
    ConversationRef direct =
        new ConversationRef("D1", ConversationRef.Kind.DIRECT, Optional.of("1.1"));
    Job job = open(SampleJobs.deploy(1, direct, List.of("web1")));
    bench.after(job.patience());
    assertThat(alarms()).isZero();
  }

  @Test
  void trap26_whatTheMessageCannotHoldComesAsAFileInTheThread() {
    Job job = open(SampleJobs.deploy(1, THREAD, List.of("web1")));
    bench.replies(
        List.of(
            reply(job, "web1", 1, new ReportBody.Output("stdout", "a line\n".repeat(5_000))),
            ok(job, "web1")));
    assertThat(store.wanted("file:" + job.id()))
        .hasValueSatisfying(file ->
            assertThat(file)
                .isInstanceOfSatisfying(
                    Outbound.FileAttachment.class,
                    attached -> {
                      assertThat(attached.place()).isEqualTo(THREAD);
                      assertThat(attached.name()).isEqualTo("job-1.txt");
                      assertThat(attached.content()).hasSizeGreaterThan(35_000);
                    }));
  }

  @Test
  void trap3_whatAnEarlierProcessLeftIsTakenUpAndEndsInTheSameMessage() {
    Job job = open(SampleJobs.ping(1, "web1", "web2"));
    bench.happens(job, new JobEvent.Dispatched(job.id(), List.of()));
    bench.replies(ok(job, "web1"));

    JobEngineBench next = new JobEngineBench(store, "one");
    assertThat(next.engine.running()).extracting(Job::id).containsExactly(job.id());
    next.replies(ok(job, "web1"), ok(job, "web2"));
    assertThat(next.engine.find(job.id()).orElseThrow().state().status())
        .isEqualTo(JobStatus.SUCCEEDED);
    assertThat(shown(job)).contains("2 nodes");
    assertThat(new JobEngineBench(store, "one").engine.running()).isEmpty();
  }

  @Test
  void reliabilityR4_aWaveThatWasNotConfirmedIsSentAgainAfterARestart() {
    Job job = open(SampleJobs.ping(1, "web1"));
    assertThat(bench.sent).extracting(Wave::request).containsExactly(job.id());
    JobEngineBench next = new JobEngineBench(store, "one");
    assertThat(next.sent).extracting(Wave::request).containsExactly(job.id());
    next.happens(job, new JobEvent.Dispatched(job.id(), List.of()));
    assertThat(new JobEngineBench(store, "one").sent).isEmpty();
  }

  @Test
  void reliabilityR6_anEngineThatHasLostItsLeaseChangesNothing() {
    Job job = open(SampleJobs.ping(1, "web1", "web2"));
    store.leases().release(bench.lease);
    JobEngineBench other = new JobEngineBench(store, "two");
    assertThatThrownBy(() -> bench.replies(ok(job, "web1"))).hasCauseInstanceOf(LeaseLost.class);
    assertThat(engine.running()).as("it has let go of the jobs").isEmpty();
    other.replies(ok(job, "web1"), ok(job, "web2"));
    assertThat(status(job)).isEqualTo(JobStatus.SUCCEEDED);
    assertThatThrownBy(() -> bench.replies(ok(job, "web2"))).hasCauseInstanceOf(LeaseLost.class);
  }

  @Test
  void anOrderToAnotherReplicaReachesTheJob() {
    Job job = open(SampleJobs.ping(1, "web1"));
    store.commit(
        new Change.SendJobOrder("order-1", job.id(), new JobEvent.Cancel("Ann", "stop-1")));
    bench.after(Duration.ofMillis(250));
    assertThat(bench.sent).extracting(Wave::kind).containsExactly(Kind.WORK, Kind.CANCEL);
    assertThat(store.jobs().pendingOrders("bot-1")).isEmpty();
  }

  @Test
  void oneDeployAtATimeAndTheNextBeginsWhenItEnds() {
    Job first = open(SampleJobs.rollout(1, Rollout.AT_ONCE, "web1"));
    assertThat(bench.sent).extracting(Wave::request).containsExactly(first.id());
    Job second = open(SampleJobs.rollout(2, Rollout.AT_ONCE, "web1"));
    Job third = open(SampleJobs.rollout(3, Rollout.AT_ONCE, "web1"));
    bench.after(Duration.ofSeconds(10));
    assertThat(shown(second)).contains("Waits for job 1").contains("then starts");
    assertThat(shown(third)).contains("Waits for job 1").contains("and 1 more");
    bench.replies(ok(first, "web1"));
    bench.after(Duration.ofMillis(250));
    assertThat(bench.sent).extracting(Wave::request).containsExactly(first.id(), second.id());
    bench.replies(ok(second, "web1"));
    bench.after(Duration.ofMillis(250));
    bench.replies(ok(third, "web1"));
    assertThat(status(third)).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void trap31_aLockThatIsSetMeanwhileHoldsTheQueueButNotItsOwner() {
    DeployLock lock =
        new DeployLock("staging", "", "slack:T1:U9", "Bob", "U9", "demo", NOON, Optional.empty());
    store.commit(new Change.Lock(lock));
    Job job = open(SampleJobs.rollout(1, Rollout.AT_ONCE, "web1"));
    bench.after(Duration.ofSeconds(10));
    assertThat(bench.sent).isEmpty();
    assertThat(shown(job)).contains("staging is locked by Bob: demo.");
    store.commit(new Change.Unlock(lock));
    bench.after(Duration.ofMillis(250));
    assertThat(bench.sent).hasSize(1);
  }

  @Test
  void approvalP10_aQueuedJobWaitsForTheEndOfAFreezeAndARunningOneFinishes() {
    Job running = open(SampleJobs.rollout(1, Rollout.AT_ONCE, "web1"));
    store.commit(new Change.DeclareFreeze(3, freeze(NOON, Duration.ofHours(2))));
    Job queued = open(SampleJobs.rollout(2, Rollout.AT_ONCE, "web1"));
    bench.replies(ok(running, "web1"));
    assertThat(status(running)).isEqualTo(JobStatus.SUCCEEDED);
    bench.after(Duration.ofHours(2).minusSeconds(1));
    assertThat(shown(queued))
        .contains(
            "Waits: staging is frozen until Mon 2026-05-04 14:00 UTC by bob (freeze 3): demo. It starts when the freeze ends.");
    assertThat(bench.sent).extracting(Wave::request).containsExactly(running.id());
    bench.after(Duration.ofSeconds(1));
    assertThat(bench.sent).extracting(Wave::request).containsExactly(running.id(), queued.id());
  }

  @Test
  void approvalP10_aQueuedJobBeginsWhenTheFreezeIsLifted() {
    store.commit(new Change.DeclareFreeze(3, freeze(NOON, Duration.ofHours(2))));
    open(SampleJobs.rollout(1, Rollout.AT_ONCE, "web1"));
    bench.after(Duration.ofSeconds(10));
    assertThat(bench.sent).isEmpty();
    store.commit(new Change.LiftFreeze(3));
    bench.after(Duration.ofMillis(250));
    assertThat(bench.sent).hasSize(1);
  }

  private static Freeze freeze(Instant from, Duration length) {
    return new Freeze(
        new Freeze.Origin.Person(3, "slack:T1:U9", "bob"),
        new FreezeScope(List.of("staging"), List.of()),
        from,
        from.plus(length),
        "demo");
  }

  @Test
  void whenTheStoreIsAwayNothingHasHappened() {
    Job job = open(SampleJobs.ping(1, "web1"));
    store.setAway(true);
    assertThatThrownBy(() -> bench.replies(ok(job, "web1")))
        .hasCauseInstanceOf(StoreUnavailable.class);
    store.setAway(false);
    assertThat(status(job)).isEqualTo(JobStatus.QUEUED);
    bench.replies(ok(job, "web1"));
    assertThat(status(job)).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void aRunningJobIsRedrawnNoMoreOftenThanItMay() {
    Job job = open(SampleJobs.ping(1, "web1", "web2", "web3"));
    bench.replies(List.of(ok(job, "web1")));
    bench.round();
    assertThat(shown(job)).contains("1 of 3 nodes done");
    bench.replies(List.of(ok(job, "web2")));
    bench.after(Duration.ofMillis(1_900));
    assertThat(shown(job)).contains("1 of 3 nodes done");
    bench.after(Duration.ofMillis(100));
    assertThat(shown(job)).contains("2 of 3 nodes done");
    long draws = store.committed(Change.PostMessage.class).size();
    bench.after(Duration.ofSeconds(4));
    assertThat(store.committed(Change.PostMessage.class)).as("nothing new").hasSize((int) draws);
    bench.after(Duration.ofSeconds(2));
    assertThat(store.committed(Change.PostMessage.class))
        .as("its time goes on")
        .hasSize((int) draws + 1);
  }

  @Test
  void manyRunningJobsAreDrawnLessOften() {
    Job first = open(SampleJobs.ping(1, "web1", "web2"));
    for (int i = 2; i <= 40; i++) {
      open(SampleJobs.ping(i, "web1"));
    }
    bench.replies(List.of(reply(first, "web1", 1, new ReportBody.Started())));
    bench.round();
    bench.replies(List.of(ok(first, "web1")));
    bench.after(Duration.ofSeconds(3));
    assertThat(shown(first)).contains("0 of 2 nodes done");
    bench.after(Duration.ofSeconds(1));
    assertThat(shown(first)).contains("1 of 2 nodes done");
  }
}
