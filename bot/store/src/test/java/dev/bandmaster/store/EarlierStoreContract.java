package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalMachine;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.approval.Digest;
import dev.bandmaster.core.approval.SampleApprovals;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.fleet.NodeRecord;
import dev.bandmaster.core.fleet.NodeState;
import dev.bandmaster.core.fleet.NodeTransition;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.AuditChain;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.core.store.Schedules;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.model.FinalCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that an earlier version has filled is opened and goes on. */
abstract class EarlierStoreContract {
  private Store store;

  /** Opens a store of an earlier schema. */
  abstract Store openEarlier();

  /** Opens a store that is empty. */
  abstract Store openEmpty();

  @BeforeEach
  void open() {
    store = openEarlier();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void storedNames_everythingInAnEarlierStoreIsReadAsItWasWritten() {
    Map<String, List<?>> read = StoredRows.read(store);
    try (Store fresh = openEmpty()) {
      StoredRows.fill(fresh);
      Map<String, List<?>> expected = StoredRows.read(fresh);
      expected.forEach((what, rows) -> {
        assertThat(rows).as(what).isNotEmpty();
        assertThat(read.get(what)).as(what).usingRecursiveComparison().isEqualTo(rows);
      });
    }
    assertThat(store.setAside().count()).isZero();
  }

  @Test
  void storedNames_theAuditOfAnEarlierStoreIsWholeAndGoesOn() {
    List<?> before = store.audit().after(0, 100);
    store.commit(
        new Change.AppendAudit(
            AuditEntry.of(NOON, "slack:T1:U1", "C1", "status", "answered", "fine")));
    assertThat(AuditChain.verify(store.audit(), Optional.empty()))
        .isInstanceOfSatisfying(
            AuditChain.Verdict.Whole.class,
            whole -> assertThat(whole.rows()).isEqualTo(before.size() + 1L));
  }

  @Test
  void storedNames_aJobOfAnEarlierStoreIsFinished() {
    Job job = store.jobs().byNumber(12).orElseThrow();
    assertThat(job.state().status()).isEqualTo(JobStatus.RUNNING);
    Job done =
        SampleJobs.after(
            job,
            NOON.plusSeconds(9),
            SampleJobs.said(job.id(), "web1", "boot-1", 9, SampleJobs.end(FinalCode.OK, "done")));
    assertThat(done.state().status()).isEqualTo(JobStatus.SUCCEEDED);
    store.commit(new Change.UpdateJob(done, Set.of("web1"), true, List.of()));
    assertThat(store.jobs().find(done.id())).contains(done);
    assertThat(store.jobs().unfinishedIds(StoredRows.LEASE)).doesNotContain(done.id());
  }

  @Test
  void storedNames_theDigestOfWhatWasApprovedIsTheSame() {
    Approval approval = store.approvals().byNumber(100).orElseThrow();
    Job job = store.jobs().find(approval.job()).orElseThrow();
    assertThat(Digest.of(job)).isEqualTo(approval.digest());
  }

  @Test
  void storedNames_aVoteOnARequestOfAnEarlierStoreCounts() {
    Approval seen = store.approvals().byNumber(100).orElseThrow();
    Approval after =
        seen.with(
            ApprovalMachine.apply(
                    seen,
                    SampleApprovals.voted(
                        SampleApprovals.yes(SampleApprovals.BOB, NOON.plusSeconds(5), 0)),
                    NOON.plusSeconds(5))
                .state());
    store.commit(new Change.UpdateApproval(seen, after.state(), NOON.plusSeconds(5)));
    Approval counted = store.approvals().byNumber(100).orElseThrow();
    assertThat(counted.state().status()).isEqualTo(ApprovalStatus.APPROVED);
    assertThat(counted).isEqualTo(after);
  }

  @Test
  void storedNames_messagesOfAnEarlierStoreAreSentAndDrawnAgain() {
    List<String> ids = store.outbox().due(NOON, 100).stream().map(Outbox.Item::id).toList();
    List<Outbox.Claim> claims = store.outbox().claim("process-2", NOON, Duration.ofMinutes(1), ids);
    assertThat(claims).hasSameSizeAs(ids);
    claims.forEach(claim -> store.outbox().sent(claim, "2.1"));
    assertThat(store.outbox().waiting()).isZero();
    Outbound content = claims.getFirst().item().content();
    store.commit(new Change.PostMessage(ids.getFirst(), content, Urgency.NOW));
    assertThat(store.outbox().due(NOON, 100))
        .singleElement()
        .satisfies(item -> assertThat(item.content()).isEqualTo(content));
  }

  @Test
  void storedNames_whatWasConcludedOfNodesIsCarriedOn() {
    NodeRecord seen = StoredRows.life(NodeState.UP);
    NodeRecord down =
        new NodeRecord(
            seen.node(),
            seen.environment(),
            seen.applications(),
            seen.lastSeen(),
            seen.deadline(),
            StoredRows.life(NodeState.DOWN).standing());
    store.commit(
        new Change.NodeChanged(new NodeTransition(Optional.of(seen), Optional.of(down)), NOON));
    assertThat(store.lives().all()).contains(down);
    NodeRecord left = StoredRows.life(NodeState.LEFT);
    store.commit(
        new Change.NodeChanged(new NodeTransition(Optional.of(left), Optional.empty()), NOON));
    assertThat(store.lives().all()).doesNotContain(left);
  }

  @Test
  void storedNames_alertsAndSchedulesOfAnEarlierStoreGoOn() {
    AlertGroup seen = store.alerts().find("episode-1").orElseThrow();
    AlertGroup after =
        new AlertGroup(
            seen.id(), seen.number(), seen.topic(), seen.began(), seen.version() + 1, seen.state());
    store.commit(new Change.UpdateAlertGroup(Optional.of(seen), after));
    assertThat(store.alerts().find("episode-1")).contains(after);
    Schedules.Schedule schedule = store.schedules().all().getFirst();
    store.commit(new Change.AdvanceSchedule(schedule, Optional.of(NOON.plusSeconds(86_400))));
    assertThat(store.schedules().find(schedule.number()))
        .contains(schedule.at(NOON.plusSeconds(86_400)));
  }
}
