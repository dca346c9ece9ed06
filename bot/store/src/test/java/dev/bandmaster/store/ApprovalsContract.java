package dev.bandmaster.store;

import static dev.bandmaster.core.approval.SampleApprovals.ANN;
import static dev.bandmaster.core.approval.SampleApprovals.BOB;
import static dev.bandmaster.core.approval.SampleApprovals.CARL;
import static dev.bandmaster.core.approval.SampleApprovals.need;
import static dev.bandmaster.core.approval.SampleApprovals.request;
import static dev.bandmaster.core.approval.SampleApprovals.voted;
import static dev.bandmaster.core.approval.SampleApprovals.waiting;
import static dev.bandmaster.core.approval.SampleApprovals.wants;
import static dev.bandmaster.core.approval.SampleApprovals.yes;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalEvent;
import dev.bandmaster.core.approval.ApprovalMachine;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.approval.SampleApprovals;
import dev.bandmaster.core.approval.Snapshot;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.StoreConflict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store knows of requests for approval. */
public abstract class ApprovalsContract extends StoreFixture {
  private static final Snapshot TWO = wants(need(1, "S0SRE"), need(1, "S0OWNERS"));

  private Approval ask(Approval approval) {
    store.commit(
        new Change.CreateJob(waiting(approval.number()), "bot-1"),
        new Change.CreateApproval(approval));
    return approval;
  }

  private Approval update(Approval seen, ApprovalEvent event) {
    clock.advance(Duration.ofSeconds(1));
    Instant now = clock.instant();
    Approval after = seen.with(ApprovalMachine.apply(seen, event, now).state());
    store.commit(new Change.UpdateApproval(seen, after.state(), now));
    return after;
  }

  private ApprovalEvent yesOf(UserRef voter, Integer... counts) {
    return voted(yes(voter, clock.instant(), counts));
  }

  @Test
  void approvalP16_aRequestIsReadAsItWasWrittenWithAllItsVotes() {
    Approval asked = ask(request(81, TWO));
    assertThat(store.approvals().find(asked.id())).contains(asked);
    assertThat(store.approvals().byNumber(81)).contains(asked);
    assertThat(store.approvals().byJob(asked.job())).contains(asked);
    assertThat(store.approvals().byNumber(82)).isEmpty();
    Approval one = update(asked, yesOf(BOB, 0, 1));
    assertThat(store.approvals().find(asked.id())).contains(one);
    Approval none = update(one, new ApprovalEvent.Withdrawn(BOB));
    assertThat(store.approvals().find(asked.id())).contains(none);
    Approval again = update(none, yesOf(BOB, 1));
    assertThat(store.approvals().find(asked.id())).contains(again);
    Approval done = update(again, yesOf(CARL, 0));
    assertThat(done.state().status()).isEqualTo(ApprovalStatus.APPROVED);
    assertThat(store.approvals().find(asked.id())).contains(done);
  }

  @Test
  void approvalP7_whoSawAnOlderStateChangesNothing() {
    Approval asked = ask(request(81, TWO));
    Approval one = update(asked, yesOf(BOB, 0));
    assertThatThrownBy(() -> update(asked, yesOf(CARL, 1))).isInstanceOf(StoreConflict.class);
    assertThat(store.approvals().byNumber(81)).contains(one);
  }

  @Test
  void approvalP7_nothingOfALostRaceIsKept() {
    Approval asked = ask(request(81, wants(need(1, "S0SRE"))));
    update(asked, yesOf(BOB, 0));
    Instant now = clock.instant();
    Approval late = asked.with(ApprovalMachine.apply(asked, yesOf(CARL, 0), now).state());
    assertThatThrownBy(() ->
            store.commit(
                new Change.UpdateApproval(asked, late.state(), now),
                new Change.SendJobOrder("second", asked.job(), new JobEvent.Approved("carl"))))
        .isInstanceOf(StoreConflict.class);
    assertThat(store.jobs().pendingOrders("bot-1")).isEmpty();
  }

  @Test
  void approvalP7_ofManyVotesAtOnceOneLetsTheJobGo() throws InterruptedException {
    Approval asked = ask(request(81, wants(need(1, "S0SRE"))));
    Instant now = clock.instant();
    List<Callable<Boolean>> voters = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      var voter = new UserRef("T1", "U10" + i);
      var advanced = ApprovalMachine.apply(asked, voted(yes(voter, now, 0)), now);
      voters.add(() -> {
        try {
          store.commit(
              new Change.UpdateApproval(asked, advanced.state(), now),
              new Change.SendJobOrder("yes:" + voter, asked.job(), new JobEvent.Approved("them")));
          return true;
        } catch (StoreConflict lost) {
          return false;
        }
      });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long won = threads.invokeAll(voters).stream().filter(ApprovalsContract::get).count();
      assertThat(won).isEqualTo(1);
    }
    assertThat(store.jobs().pendingOrders("bot-1")).hasSize(1);
    assertThat(store.approvals().byNumber(81).orElseThrow().state().yes()).hasSize(1);
  }

  private static boolean get(Future<Boolean> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void approvalP8_aVoteIsTooLateAlsoBeforeTimeWasNoted() {
    Approval asked = ask(request(81, TWO));
    Instant inTime = NOON.plusSeconds(1);
    var state = ApprovalMachine.apply(asked, voted(yes(BOB, inTime, 0)), inTime).state();
    assertThatThrownBy(() -> store.commit(new Change.UpdateApproval(asked, state, asked.expires())))
        .as("decided in time, committed too late")
        .isInstanceOf(StoreConflict.class);
    assertThat(store.approvals().byNumber(81)).contains(asked);
    clock.advance(Duration.between(NOON, asked.expires()));
    update(asked, new ApprovalEvent.TimePassed());
    assertThat(store.approvals().byNumber(81).orElseThrow().state().status())
        .isEqualTo(ApprovalStatus.EXPIRED);
  }

  @Test
  void whatTimeHasToDoWithIsFoundAndNothingElse() {
    Approval first = ask(request(81, TWO));
    Approval second = ask(request(82, TWO));
    Instant half = NOON.plus(Duration.ofMinutes(30));
    assertThat(store.approvals().due(half.minusMillis(1), 10)).isEmpty();
    assertThat(store.approvals().due(half, 1)).hasSize(1);
    assertThat(store.approvals().due(half, 10)).containsExactlyInAnyOrder(first, second);
    update(first, new ApprovalEvent.Cancelled("ann"));
    assertThat(store.approvals().due(half, 10)).containsExactly(second);
    assertThat(store.approvals().open(10)).containsExactly(second);
  }

  @Test
  void approvalP9_theOpenRequestsOfOnePersonForTheSameAreFound() {
    Approval mine = ask(request(81, TWO));
    assertThat(store.approvals().open(ANN.principal(), mine.right())).containsExactly(mine);
    assertThat(store.approvals().open(BOB.principal(), mine.right())).isEmpty();
    assertThat(store.approvals().open(ANN.principal(), mine.right().to("adhoc:uptime"))).isEmpty();
    update(mine, new ApprovalEvent.Cancelled("ann"));
    assertThat(store.approvals().open(ANN.principal(), mine.right())).isEmpty();
  }

  @Test
  void approvalP9_whatMayBeUsedAgainIsFoundByItsDigestWhileItMay() {
    Approval asked =
        ask(request(81, SampleApprovals.reusable(wants(need(1, "S0SRE")), Duration.ofHours(2))));
    assertThat(store.approvals().reusable(asked.digest(), NOON)).isEmpty();
    Approval approved = update(asked, yesOf(BOB, 0));
    assertThat(store.approvals().reusable(asked.digest(), NOON)).as("it has not begun").isEmpty();
    Approval done = update(approved, new ApprovalEvent.Begins(ApprovalEvent.RecheckResult.CLEAR));
    Instant end = done.reusableUntil().orElseThrow();
    assertThat(store.approvals().reusable(asked.digest(), end.minusMillis(1))).contains(done);
    assertThat(store.approvals().reusable(asked.digest(), end)).isEmpty();
    assertThat(store.approvals().reusable("0".repeat(64), NOON)).isEmpty();
  }
}
