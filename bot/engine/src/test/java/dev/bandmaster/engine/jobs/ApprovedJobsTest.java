package dev.bandmaster.engine.jobs;

import static dev.bandmaster.core.approval.SampleApprovals.BOB;
import static dev.bandmaster.core.approval.SampleApprovals.need;
import static dev.bandmaster.core.approval.SampleApprovals.request;
import static dev.bandmaster.core.approval.SampleApprovals.voted;
import static dev.bandmaster.core.approval.SampleApprovals.waiting;
import static dev.bandmaster.core.approval.SampleApprovals.wants;
import static dev.bandmaster.core.approval.SampleApprovals.yes;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalEvent.RecheckResult;
import dev.bandmaster.core.approval.ApprovalMachine;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.freeze.FreezeScope;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobMachine;
import dev.bandmaster.core.job.JobState;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.testing.Await;
import dev.bandmaster.store.TestStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs that were approved, from the last yes until they begin or do not. */
class ApprovedJobsTest {
  @RegisterExtension private final TestStore store = new TestStore();
  private final JobEngineBench bench = new JobEngineBench(store, "one");
  private final AtomicInteger looks = new AtomicInteger();
  private volatile Recheck.Result result = new Recheck.Result.Seen(RecheckResult.CLEAR);

  private Job asked() {
    bench.engine.lookBy((approval, job) -> {
      looks.incrementAndGet();
      return result;
    });
    Job job = waiting(81);
    store.commit(
        new Change.CreateJob(job, bench.lease.name()),
        new Change.CreateApproval(request(81, wants(need(1, "S0SRE")))));
    bench.engine.opened(bench.lease, job);
    bench.round();
    return job;
  }

  private Approval request(Job job) {
    return store.approvals().byJob(job.id()).orElseThrow();
  }

  private Approval request(long number, dev.bandmaster.core.approval.Snapshot snapshot) {
    return dev.bandmaster.core.approval.SampleApprovals.request(number, snapshot);
  }

  private void approve(Job job) {
    Approval seen = request(job);
    var advanced =
        ApprovalMachine.apply(
            seen, voted(yes(BOB, bench.clock.instant(), 0)), bench.clock.instant());
    store.commit(
        new Change.UpdateApproval(seen, advanced.state(), bench.clock.instant()),
        new Change.SendJobOrder("tell-1", job.id(), new JobEvent.Approved("bob")));
  }

  private JobState state(Job job) {
    return bench.engine.find(job.id()).orElseThrow().state();
  }

  private ApprovalStatus status(Job job) {
    return request(job).state().status();
  }

  /** Lets time pass, and takes in the look that somebody else makes then. */
  private void looked(Duration time) throws InterruptedException {
    int before = looks.get();
    bench.after(time);
    Await.until(
        "somebody has looked",
        () -> {
          bench.round();
          return looks.get() > before && !state(job()).note().contains("final check is running");
        });
  }

  private void looked() throws InterruptedException {
    looked(Duration.ofMillis(250));
  }

  private Job job() {
    return store.jobs().byNumber(81).orElseThrow();
  }

  @Test
  void approvalP12_itBeginsByItselfAndItsRequestSaysSoInTheSameCommit() throws Exception {
    Job job = asked();
    assertThat(state(job).status()).isEqualTo(JobStatus.AWAITING_APPROVAL);
    approve(job);
    looked();
    assertThat(state(job).hasSlot()).isTrue();
    assertThat(status(job)).isEqualTo(ApprovalStatus.DISPATCHED);
    assertThat(store.slots().obstacle(waiting(90))).as("it has the slot").isPresent();
  }

  @Test
  void approvalP4_whoMayNotAgreeAnyMoreBringsItBack() throws Exception {
    Job job = asked();
    result = new Recheck.Result.Seen(new RecheckResult(Set.of(BOB), Optional.empty()));
    approve(job);
    looked();
    assertThat(state(job).status()).isEqualTo(JobStatus.AWAITING_APPROVAL);
    assertThat(status(job)).isEqualTo(ApprovalStatus.PENDING);
    assertThat(request(job).tally().people()).isZero();
    assertThat(store.wanted(job.messageId()).orElseThrow().toString())
        .contains("may no longer approve this", "approval.approve");
  }

  @Test
  void approvalP4_whileItCannotBeCheckedItWaitsAndDoesNotBegin() throws Exception {
    Job job = asked();
    result = new Recheck.Result.Unsure("Slack does not answer.");
    approve(job);
    looked();
    assertThat(state(job).hasSlot()).isFalse();
    assertThat(state(job).note()).contains("final check is not possible", "Slack does not answer");
    result = new Recheck.Result.Seen(RecheckResult.CLEAR);
    looked(Duration.ofSeconds(6));
    assertThat(state(job).hasSlot()).isTrue();
  }

  @Test
  void approvalP10_aFreezeBlocksWhatWasApprovedAndTheLookIsMadeAfterIt() throws Exception {
    Job job = asked();
    store.commit(
        new Change.DeclareFreeze(
            1,
            new Freeze(
                new Freeze.Origin.Person(1, BOB.principal(), "bob"),
                new FreezeScope(List.of("staging"), List.of()),
                NOON,
                NOON.plus(Duration.ofMinutes(5)),
                "the fair")));
    approve(job);
    bench.after(Duration.ofSeconds(1));
    assertThat(state(job).note()).contains("staging is frozen");
    assertThat(status(job)).isEqualTo(ApprovalStatus.APPROVED);
    assertThat(looks).hasValue(0);
    looked(Duration.ofMinutes(5));
    assertThat(status(job)).isEqualTo(ApprovalStatus.DISPATCHED);
  }

  @Test
  void approvalP8_whatComesTooLateToItsTurnLapses() throws Exception {
    Job job = asked();
    result = new Recheck.Result.Unsure("Slack does not answer.");
    approve(job);
    looked();
    result = new Recheck.Result.Seen(RecheckResult.CLEAR);
    looked(Duration.ofMinutes(15));
    assertThat(status(job)).isEqualTo(ApprovalStatus.LAPSED);
    assertThat(store.jobs().find(job.id()).orElseThrow().state().status())
        .isEqualTo(JobStatus.CANCELLED);
    assertThat(store.wanted(job.messageId()).orElseThrow().toString()).contains("Lapsed");
  }

  @Test
  void approvalP7_aJobWhoseRequestIsNotApprovedDoesNotBegin() {
    Job job = asked();
    store.commit(new Change.SendJobOrder("forged", job.id(), new JobEvent.Approved("nobody")));
    bench.after(Duration.ofSeconds(1));
    assertThat(state(job).hasSlot()).isFalse();
    assertThat(state(job).note()).isEqualTo("Awaits approval.");
    assertThat(looks).hasValue(0);
  }

  @Test
  void whatIsDoneToNoApplicationBeginsWithoutAPlaceInTheQueue() throws Exception {
    bench.engine.lookBy((approval, asked) -> {
      looks.incrementAndGet();
      return result;
    });
    Job ping = SampleJobs.ping(81, "web1", "web2");
    Job job =
        ping.with(JobMachine.planned(ping.id(), ping.work(), () -> ping.id() + "-more", false));
    store.commit(
        new Change.CreateJob(job, bench.lease.name()),
        new Change.CreateApproval(
            Approval.of(
                "request", job, wants(need(1, "S0SRE")), Duration.ofHours(1), Optional.empty())));
    bench.engine.opened(bench.lease, job);
    bench.round();
    approve(job);
    looked();
    assertThat(status(job)).isEqualTo(ApprovalStatus.DISPATCHED);
    assertThat(state(job).hasSlot()).isTrue();
  }

  @Test
  void approvalP9_whatIsSupersededAfterItsApprovalNeverBegins() {
    Job job = asked();
    result = new Recheck.Result.Unsure("Slack does not answer.");
    approve(job);
    bench.after(Duration.ofSeconds(1));
    assertThat(state(job).status()).isEqualTo(JobStatus.QUEUED);
    store.commit(
        new Change.SendJobOrder(
            "no", job.id(), new JobEvent.Declined("nobody", "Asked for again.")));
    bench.after(Duration.ofSeconds(1));
    assertThat(store.jobs().find(job.id()).orElseThrow().state().status())
        .isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void approvalP1_trap30_onlyWhatWasApprovedRuns() throws Exception {
    Job job = asked();
    Approval approval = request(job);
    Approval ofAnother =
        new Approval(
            approval.id(),
            approval.job(),
            approval.number(),
            approval.right(),
            approval.canonical(),
            "0".repeat(64),
            approval.requester(),
            approval.requesterName(),
            approval.place(),
            approval.snapshot(),
            approval.created(),
            approval.expires(),
            approval.supersedes(),
            approval.ends(),
            ApprovalMachine.apply(
                    approval, voted(yes(BOB, bench.clock.instant(), 0)), bench.clock.instant())
                .state());
    RecheckRunner clearance = new RecheckRunner(bench.clock);
    clearance.by((seen, about) -> result, () -> {});
    StartDecision beginning =
        new StartDecision(store, TestStartConditions.of(store, bench.clock), clearance);
    Job queued = SampleJobs.after(job, NOON, new JobEvent.Approved("bob"));
    Await.until(
        "it was looked at",
        () -> clearance.of(ofAnother, queued, bench.clock.instant()).isPresent());
    StartDecision.Turn turn = beginning.approved(queued, ofAnother, bench.clock.instant());
    assertThat(turn.event())
        .isEqualTo(
            new JobEvent.Unapproved("The plan differs from what was approved. Request it again."));
  }
}
