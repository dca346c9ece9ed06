package dev.bandmaster.store;

import static dev.bandmaster.core.approval.SampleApprovals.BOB;
import static dev.bandmaster.core.approval.SampleApprovals.need;
import static dev.bandmaster.core.approval.SampleApprovals.request;
import static dev.bandmaster.core.approval.SampleApprovals.voted;
import static dev.bandmaster.core.approval.SampleApprovals.waiting;
import static dev.bandmaster.core.approval.SampleApprovals.wants;
import static dev.bandmaster.core.approval.SampleApprovals.yes;
import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalEvent;
import dev.bandmaster.core.approval.ApprovalMachine;
import dev.bandmaster.core.approval.Vote;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.store.Audit;
import dev.bandmaster.core.store.AuditChain;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.CommandAlias;
import dev.bandmaster.core.store.DeployLock;
import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.core.store.StoreConflict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store answers about a person who is known under several ids. */
public abstract class PrincipalsContract extends StoreFixture {
  private static final UserRef CANONICAL = new UserRef("E1", "W1");
  private static final UserRef ELSEWHERE = new UserRef("T2", ANN.user());
  private static final UserRef BOB_ELSEWHERE = new UserRef("T2", BOB.user());
  private static final UserRef BOB_CANONICAL = new UserRef("E1", "W2");

  private void join(UserRef canonical, UserRef... aliases) {
    store.commit(
        new Change.JoinPrincipals(
            canonical.principal(),
            Set.copyOf(List.of(aliases).stream().map(UserRef::principal).toList()),
            clock.instant()));
  }

  private void alias(UserRef owner, String name, String command) {
    clock.advance(Duration.ofSeconds(1));
    store.commit(
        new Change.SetCommandAlias(new CommandAlias(owner, name, command, clock.instant())));
  }

  @Test
  void peopleU6_anAliasIsItsOwnersUnderWhicheverOfTheirIds() {
    alias(ANN, "go", "ping");
    alias(ANN, "go", "discover env=prod");
    alias(ANN, "all", "ping");
    alias(BOB, "go", "jobs");
    assertThat(store.commandAliases().find(ANN.principal(), "go"))
        .hasValueSatisfying(alias -> assertThat(alias.command()).isEqualTo("discover env=prod"));
    assertThat(store.commandAliases().find(ANN.principal(), "GO")).isEmpty();
    joinAnn();
    assertThat(store.commandAliases().of(CANONICAL.principal(), 10))
        .extracting(CommandAlias::name)
        .containsExactly("all", "go");
    assertThat(store.commandAliases().find(ELSEWHERE.principal(), "go")).isPresent();
    alias(ELSEWHERE, "go", "status");
    assertThat(store.commandAliases().of(ANN.principal(), 10))
        .extracting(CommandAlias::name, CommandAlias::command)
        .containsExactly(tuple("all", "ping"), tuple("go", "status"));
    store.commit(new Change.RemoveCommandAlias(ANN, "go"));
    assertThat(store.commandAliases().find(ANN.principal(), "go")).isEmpty();
    assertThatThrownBy(() -> store.commit(new Change.RemoveCommandAlias(ANN, "go")))
        .isInstanceOf(StoreConflict.class);
    assertThat(store.commandAliases().of(BOB.principal(), 10))
        .extracting(CommandAlias::command)
        .containsExactly("jobs");
  }

  private void joinAnn() {
    join(CANONICAL, ANN, ELSEWHERE);
  }

  @Test
  void trustT1_anIdIsItsOwnUntilItIsKnownToBeSomebodys() {
    assertThat(store.principals().canonical(ANN.principal())).isEqualTo(ANN.principal());
    assertThat(store.principals().allIds(ANN.principal())).containsExactly(ANN.principal());
    joinAnn();
    assertThat(store.principals().canonical(ANN.principal())).isEqualTo(CANONICAL.principal());
    for (UserRef each : List.of(CANONICAL, ANN, ELSEWHERE)) {
      assertThat(store.principals().allIds(each.principal()))
          .containsExactlyInAnyOrder(CANONICAL.principal(), ANN.principal(), ELSEWHERE.principal());
    }
    joinAnn();
    assertThat(store.principals().allIds(BOB.principal())).containsExactly(BOB.principal());
  }

  @Test
  void trustT1_whenTheCanonicalIdChangesAllOthersFollow() {
    joinAnn();
    UserRef moved = new UserRef("E2", "W9");
    join(moved, CANONICAL);
    assertThat(store.principals().canonical(ANN.principal())).isEqualTo(moved.principal());
    assertThat(store.principals().allIds(ANN.principal())).hasSize(4);
    join(CANONICAL, moved);
    assertThat(store.principals().canonical(ANN.principal())).isEqualTo(CANONICAL.principal());
    assertThat(store.principals().canonical(CANONICAL.principal()))
        .isEqualTo(CANONICAL.principal());
  }

  @Test
  void trustT1_jobsFromBeforeArePartOfMyJobs() {
    store.commit(new Change.CreateJob(waiting(81), "bot-1"));
    assertThat(store.jobs().of(CANONICAL.principal(), 10)).isEmpty();
    joinAnn();
    assertThat(store.jobs().of(CANONICAL.principal(), 10))
        .extracting(Jobs.Line::number)
        .containsExactly(81L);
    assertThat(store.jobs().of(BOB_CANONICAL.principal(), 10)).isEmpty();
  }

  @Test
  void trustT1_theAuditOfAPersonIsJoinedAndNoRowIsRewritten() {
    for (UserRef each : List.of(ANN, ELSEWHERE, CANONICAL, BOB)) {
      store.commit(
          new Change.AppendAudit(
              AuditEntry.of(NOON, each.principal(), "C1", each.team(), "answered", "")));
    }
    List<Audit.Row> before = store.audit().after(0, 10);
    joinAnn();
    assertThat(store.audit().of(CANONICAL.principal(), 10))
        .extracting(row -> row.entry().raw())
        .containsExactly("E1", "T2", "T1");
    assertThat(store.audit().of(ANN.principal(), 10)).hasSize(3);
    assertThat(store.audit().of(ANN.principal(), 1)).hasSize(1);
    assertThat(store.audit().after(0, 10)).isEqualTo(before);
    assertThat(AuditChain.verify(store.audit(), Optional.empty()))
        .isInstanceOf(AuditChain.Verdict.Whole.class);
  }

  private DeployLock lock(UserRef owner) {
    return new DeployLock(
        "staging",
        "web",
        owner.principal(),
        "ann",
        owner.user(),
        "because",
        clock.instant(),
        Optional.of(clock.instant().plus(Duration.ofHours(1))));
  }

  @Test
  void trustT1_aLockFromBeforeIsStillItsOwners() {
    store.commit(new Change.Lock(lock(ANN)));
    assertThat(store.slots().locksAgainst("staging", "web", CANONICAL.principal())).hasSize(1);
    joinAnn();
    for (UserRef each : List.of(CANONICAL, ANN, ELSEWHERE)) {
      assertThat(store.slots().locksAgainst("staging", "web", each.principal()))
          .as(each.principal())
          .isEmpty();
    }
    assertThat(store.slots().locksAgainst("staging", "web", BOB.principal())).hasSize(1);
    assertThat(store.slots().locks())
        .extracting(DeployLock::owner)
        .containsExactly(CANONICAL.principal());
    clock.advance(Duration.ofMinutes(1));
    assertThatThrownBy(() -> store.commit(new Change.Lock(lock(BOB))))
        .isInstanceOf(StoreConflict.class);
    store.commit(new Change.Lock(lock(CANONICAL)));
    store.commit(new Change.Unlock(store.slots().locks().getFirst()));
    assertThat(store.slots().locks()).isEmpty();
  }

  @Test
  void trustT1_aLockFromBeforeIsLiftedAsItIsRead() {
    store.commit(new Change.Lock(lock(ANN)));
    joinAnn();
    store.commit(new Change.Unlock(store.slots().locks().getFirst()));
    assertThat(store.slots().locks()).isEmpty();
  }

  private Approval ask() {
    Approval approval = request(81, wants(need(2, "S0SRE")));
    store.commit(new Change.CreateJob(waiting(81), "bot-1"), new Change.CreateApproval(approval));
    return approval;
  }

  private Approval update(Approval seen, ApprovalEvent event) {
    clock.advance(Duration.ofSeconds(1));
    Approval after = seen.with(ApprovalMachine.apply(seen, event, clock.instant()).state());
    store.commit(new Change.UpdateApproval(seen, after.state(), clock.instant()));
    return store.approvals().find(seen.id()).orElseThrow();
  }

  private ApprovalEvent votes(UserRef voter) {
    return voted(yes(voter, clock.instant(), 0));
  }

  @Test
  void trustT1_aRequestFromBeforeIsOfThePrincipalKnownByNowAsRequester() {
    Approval asked = ask();
    joinAnn();
    Approval read = store.approvals().find(asked.id()).orElseThrow();
    assertThat(read.requester()).isEqualTo(CANONICAL);
    assertThat(read.digest()).isEqualTo(asked.digest());
    assertThat(store.approvals().open(CANONICAL.principal(), asked.right())).containsExactly(read);
    assertThat(update(asked, votes(BOB)).state().yes()).hasSize(1);
    Approval seen = store.approvals().find(asked.id()).orElseThrow();
    assertThat(ApprovalMachine.apply(seen, votes(CANONICAL), clock.instant()).state())
        .as("one's own request, under another id")
        .isEqualTo(seen.state());
  }

  @Test
  void trustT1_aVoteFromBeforeIsFoundTakenBackAndGivenAgainUnderTheNewId() {
    Approval asked = ask();
    Approval one = update(asked, votes(BOB));
    join(BOB_CANONICAL, BOB, BOB_ELSEWHERE);
    Approval read = store.approvals().find(one.id()).orElseThrow();
    assertThat(read.state().votes()).extracting(Vote::voter).containsExactly(BOB_CANONICAL);
    Approval twice =
        read.with(ApprovalMachine.apply(read, votes(BOB_CANONICAL), clock.instant()).state());
    assertThat(twice.tally().people()).as("one person counts once").isEqualTo(1);
    Approval none = update(read, new ApprovalEvent.Withdrawn(BOB_CANONICAL));
    assertThat(none.state().standing()).isEmpty();
    assertThat(none.state().votes()).hasSize(1);
    Approval again = update(none, votes(BOB_CANONICAL));
    assertThat(again.state().yes()).hasSize(1);
    assertThat(again.tally().isComplete()).isFalse();
  }

  @Test
  void trustT1_twoVotesOfOnePersonFromBeforeCountOnce() {
    Approval asked = request(81, wants(need(3, "S0SRE")));
    store.commit(new Change.CreateJob(waiting(81), "bot-1"), new Change.CreateApproval(asked));
    // As a build did that took the two for two people.
    UserRef other = new UserRef("T2", "U77");
    Approval both = update(update(asked, votes(BOB)), votes(other));
    assertThat(both.tally().people()).isEqualTo(2);
    join(BOB_CANONICAL, BOB, other);
    Approval read = store.approvals().find(both.id()).orElseThrow();
    assertThat(read.state().yes()).hasSize(1);
    assertThat(read.tally().people()).isEqualTo(1);
  }
}
