package dev.bandmaster.core.approval;

import static dev.bandmaster.core.approval.SampleApprovals.ANN;
import static dev.bandmaster.core.approval.SampleApprovals.BOB;
import static dev.bandmaster.core.approval.SampleApprovals.CARL;
import static dev.bandmaster.core.approval.SampleApprovals.after;
import static dev.bandmaster.core.approval.SampleApprovals.held;
import static dev.bandmaster.core.approval.SampleApprovals.need;
import static dev.bandmaster.core.approval.SampleApprovals.no;
import static dev.bandmaster.core.approval.SampleApprovals.request;
import static dev.bandmaster.core.approval.SampleApprovals.reusable;
import static dev.bandmaster.core.approval.SampleApprovals.voted;
import static dev.bandmaster.core.approval.SampleApprovals.wants;
import static dev.bandmaster.core.approval.SampleApprovals.yes;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.approval.ApprovalEvent.RecheckResult;
import dev.bandmaster.core.approval.ApprovalMachine.Advanced;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApprovalMachineTest {
  private static final Instant THEN = NOON.plusSeconds(60);
  private static final ApprovalEvent BEGINS = new ApprovalEvent.Begins(RecheckResult.CLEAR);
  private static final Approval ONE = request(81, wants(need(1, "S0SRE")));
  private static final Approval TWO = request(81, wants(need(1, "S0SRE"), need(1, "S0OWNERS")));

  private static ApprovalStatus status(Approval approval) {
    return approval.state().status();
  }

  private static Advanced apply(Approval approval, ApprovalEvent event, Instant now) {
    return ApprovalMachine.apply(approval, event, now);
  }

  @Test
  void approvalP12_theLastYesLetsTheJobGo() {
    Advanced advanced = apply(ONE, voted(yes(BOB, THEN, 0)), THEN);
    assertThat(advanced.state().status()).isEqualTo(ApprovalStatus.APPROVED);
    assertThat(advanced.state().version()).isEqualTo(2);
    assertThat(advanced.state().decided()).contains(THEN);
    assertThat(advanced.effects())
        .containsExactly(new ApprovalEffect.SendOrder(new JobEvent.Approved("name-U2")));
    Approval approved = ONE.with(advanced.state());
    assertThat(approved.isHeld()).isFalse();
    Advanced begun = apply(approved, BEGINS, THEN.plusSeconds(9));
    assertThat(begun.state().status()).isEqualTo(ApprovalStatus.DISPATCHED);
    assertThat(begun.effects()).isEmpty();
  }

  @Test
  void nothingBeginsThatIsNotApprovedOrThatIsHeld() {
    Approval held = after(request(81, held(wants(need(1, "S0SRE")))), voted(yes(BOB, THEN, 0)));
    for (Approval approval : List.of(ONE, held)) {
      assertThat(apply(approval, BEGINS, THEN).state()).isEqualTo(approval.state());
    }
  }

  @Test
  void approvalP12_whatIsHeldWaitsForSomebodyToStartIt() {
    Approval held = request(81, held(wants(need(1, "S0SRE"))));
    Advanced advanced = apply(held, voted(yes(BOB, THEN, 0)), THEN);
    assertThat(advanced.state().status()).isEqualTo(ApprovalStatus.APPROVED);
    assertThat(advanced.effects()).isEmpty();
    Approval approved = held.with(advanced.state());
    assertThat(approved.dispatchBefore()).contains(THEN.plus(Duration.ofMinutes(15)));
    assertThat(approved.due()).isEqualTo(approved.dispatchBefore());
    Advanced started =
        apply(approved, new ApprovalEvent.Started("ann", RecheckResult.CLEAR), THEN.plusSeconds(9));
    assertThat(started.state().status()).isEqualTo(ApprovalStatus.APPROVED);
    assertThat(approved.with(started.state()).isHeld()).isFalse();
    assertThat(started.state().decided()).as("the time counts from the last yes").contains(THEN);
    assertThat(started.effects())
        .containsExactly(new ApprovalEffect.SendOrder(new JobEvent.Approved("name-U2")));
  }

  @Test
  void approvalP5_theRequestersVoteNeverCounts() {
    for (boolean agrees : List.of(true, false)) {
      Vote own = agrees ? yes(ANN, THEN, 0) : no(ANN, THEN, "changed my mind");
      assertThat(apply(ONE, voted(own), THEN)).isEqualTo(new Advanced(ONE.state(), List.of()));
    }
  }

  @Test
  void approvalP6_oneOfEachTakesTwoPeople() {
    Approval byBob = after(TWO, voted(yes(BOB, THEN, 0, 1)));
    assertThat(status(byBob)).isEqualTo(ApprovalStatus.PENDING);
    assertThat(byBob.tally().people()).isEqualTo(1);
    assertThat(status(after(byBob, voted(yes(BOB, THEN, 0, 1))))).isEqualTo(ApprovalStatus.PENDING);
    assertThat(status(after(byBob, voted(yes(CARL, THEN, 0)))))
        .as("bob counts for the owners then")
        .isEqualTo(ApprovalStatus.APPROVED);
  }

  @Test
  void approvalP6_oneNoOfSomebodyWhoMayEndsIt() {
    Advanced advanced = apply(ONE, voted(no(BOB, THEN, "the error rate is up")), THEN);
    assertThat(advanced.state().status()).isEqualTo(ApprovalStatus.DENIED);
    assertThat(advanced.state().note()).isEqualTo("Rejected by name-U2: the error rate is up");
    assertThat(advanced.effects())
        .containsExactly(
            new ApprovalEffect.SendOrder(
                new JobEvent.Declined("name-U2", "Rejected by name-U2: the error rate is up")));
    Vote stranger = new Vote(CARL, "carl", false, THEN, "no", Optional.empty(), Set.of(), false);
    assertThat(status(after(ONE, voted(stranger)))).isEqualTo(ApprovalStatus.PENDING);
  }

  @Test
  void approvalP6_aVoteTakenBackDoesNotCountAndCanBeGivenAgain() {
    Approval one = after(TWO, voted(yes(BOB, THEN, 0)));
    Approval none = after(one, new ApprovalEvent.Withdrawn(BOB));
    assertThat(none.tally().people()).isZero();
    assertThat(none.state().votes()).hasSize(1);
    Approval again = after(none, voted(yes(BOB, THEN, 1)));
    assertThat(again.state().votes()).hasSize(1);
    assertThat(again.tally().given()).containsExactly(0, 1);
    assertThat(after(none, new ApprovalEvent.Withdrawn(BOB))).isEqualTo(none);
    Approval done = after(ONE, voted(yes(BOB, THEN, 0)));
    assertThat(after(done, new ApprovalEvent.Withdrawn(BOB))).as("too late").isEqualTo(done);
  }

  @Test
  void approvalP8_aVoteAfterTheTimeLosesBeforeAnybodyHasNoted() {
    Instant late = ONE.expires();
    assertThat(apply(ONE, voted(yes(BOB, late, 0)), late).state()).isEqualTo(ONE.state());
    Instant justInTime = late.minusMillis(1);
    assertThat(apply(ONE, voted(yes(BOB, justInTime, 0)), justInTime).state().status())
        .isEqualTo(ApprovalStatus.APPROVED);
  }

  @Test
  void approvalP8_timeEndsWhatIsPendingAndWhatIsNotStarted() {
    Advanced expired = apply(ONE, new ApprovalEvent.TimePassed(), ONE.expires());
    assertThat(expired.state().status()).isEqualTo(ApprovalStatus.EXPIRED);
    assertThat(expired.effects())
        .singleElement()
        .isInstanceOfSatisfying(
            ApprovalEffect.SendOrder.class,
            sent -> assertThat(sent.order()).isInstanceOf(JobEvent.Declined.class));
    Approval held = after(request(81, held(wants(need(1, "S0SRE")))), voted(yes(BOB, THEN, 0)));
    Instant end = held.dispatchBefore().orElseThrow();
    assertThat(apply(held, new ApprovalEvent.TimePassed(), end.minusMillis(1)).state())
        .isEqualTo(held.state());
    assertThat(apply(held, new ApprovalEvent.Started("ann", RecheckResult.CLEAR), end).state())
        .as("too late to start, whether or not time was noted")
        .isEqualTo(held.state());
    assertThat(apply(held, new ApprovalEvent.TimePassed(), end).state().status())
        .isEqualTo(ApprovalStatus.LAPSED);
    Approval queued = after(ONE, voted(yes(BOB, THEN, 0)));
    Instant last = queued.dispatchBefore().orElseThrow();
    assertThat(apply(queued, BEGINS, last).state().status())
        .as("too late to begin, whether or not time was noted")
        .isEqualTo(ApprovalStatus.LAPSED);
  }

  @Test
  void approvalP8_peopleAreRemindedOnceAtHalfTime() {
    Instant half = NOON.plus(Duration.ofMinutes(30));
    assertThat(ONE.due()).contains(half);
    assertThat(apply(ONE, new ApprovalEvent.TimePassed(), half.minusMillis(1)).effects()).isEmpty();
    Advanced reminded = apply(ONE, new ApprovalEvent.TimePassed(), half);
    assertThat(reminded.effects()).containsExactly(new ApprovalEffect.Remind());
    Approval after = ONE.with(reminded.state());
    assertThat(apply(after, new ApprovalEvent.TimePassed(), half.plusSeconds(1)).effects())
        .isEmpty();
    assertThat(after.due()).contains(ONE.expires());
  }

  @Test
  void approvalP4_whoMayNotAgreeAnyMoreDoesNotCountInTheEnd() {
    Approval one = after(TWO, voted(yes(BOB, THEN, 0)));
    RecheckResult look = new RecheckResult(Set.of(BOB), Optional.empty());
    Advanced advanced = apply(one, new ApprovalEvent.Voted(yes(CARL, THEN, 1), look), THEN);
    assertThat(advanced.state().status()).isEqualTo(ApprovalStatus.PENDING);
    assertThat(advanced.state().note())
        .isEqualTo("name-U2 may no longer approve this; someone else has to.");
    assertThat(one.with(advanced.state()).tally().given()).containsExactly(0, 1);
    assertThat(advanced.effects()).isEmpty();
  }

  @Test
  void approvalP4_whatStandsAgainstItKeepsItPendingAndItCanBeStartedLater() {
    RecheckResult frozen = new RecheckResult(Set.of(), Optional.of("prod is frozen until 14:00."));
    Approval kept = after(ONE, new ApprovalEvent.Voted(yes(BOB, THEN, 0), frozen));
    assertThat(status(kept)).isEqualTo(ApprovalStatus.PENDING);
    assertThat(kept.state().note()).isEqualTo("prod is frozen until 14:00.");
    assertThat(status(after(kept, new ApprovalEvent.Started("ann", frozen))))
        .isEqualTo(ApprovalStatus.PENDING);
    assertThat(status(after(kept, new ApprovalEvent.Started("ann", RecheckResult.CLEAR))))
        .isEqualTo(ApprovalStatus.APPROVED);
  }

  @Test
  void approvalP4_whatChangesBetweenTheLastYesAndTheBeginningBringsItBack() {
    Approval approved = after(ONE, voted(yes(BOB, THEN, 0)));
    RecheckResult barred = new RecheckResult(Set.of(BOB), Optional.empty());
    Approval back = after(approved, new ApprovalEvent.Begins(barred));
    assertThat(status(back)).isEqualTo(ApprovalStatus.PENDING);
    assertThat(back.tally().people()).isZero();
    assertThat(back.state().decided()).isEmpty();
    RecheckResult denied =
        new RecheckResult(Set.of(), Optional.of("ann may not do this any more."));
    assertThat(status(after(approved, new ApprovalEvent.Begins(denied))))
        .isEqualTo(ApprovalStatus.PENDING);
  }

  @Test
  void approvalP4_whatWasApprovedLateLapsesWhenSomethingStandsAgainstIt() {
    Approval held = request(81, held(wants(need(1, "S0SRE"))));
    Instant last = held.expires().minusSeconds(1);
    Approval approved = held.with(apply(held, voted(yes(BOB, last, 0)), last).state());
    RecheckResult frozen = new RecheckResult(Set.of(), Optional.of("prod is frozen."));
    Advanced advanced =
        apply(approved, new ApprovalEvent.Started("ann", frozen), held.expires().plusSeconds(1));
    assertThat(advanced.state().status()).isEqualTo(ApprovalStatus.LAPSED);
    assertThat(advanced.effects())
        .containsExactly(
            new ApprovalEffect.SendOrder(new JobEvent.Declined("nobody", "prod is frozen.")));
  }

  @Test
  void nobodyStartsWhatIsNotApproved() {
    assertThat(after(TWO, new ApprovalEvent.Started("ann", RecheckResult.CLEAR))).isEqualTo(TWO);
  }

  @Test
  void approvalP9_whatIsSupersededNamesItsSuccessorAndItsJobNeverBegins() {
    Advanced advanced =
        apply(
            ONE,
            new ApprovalEvent.Superseded("1.4.2 is another commit now.", Optional.of("n")),
            THEN);
    assertThat(advanced.state().status()).isEqualTo(ApprovalStatus.SUPERSEDED);
    assertThat(advanced.state().successor()).contains("n");
    assertThat(advanced.effects())
        .containsExactly(
            new ApprovalEffect.SendOrder(
                new JobEvent.Declined("nobody", "1.4.2 is another commit now.")));
  }

  @Test
  void approvalP9_onlyWhatWasLetGoCanBeUsedAgainAndOnlyWhereTheRuleSaysSo() {
    Approval reusable = request(81, reusable(wants(need(1, "S0SRE")), Duration.ofHours(2)));
    assertThat(reusable.reusableUntil()).isEmpty();
    assertThat(after(reusable, voted(yes(BOB, THEN, 0))).reusableUntil()).isEmpty();
    assertThat(after(reusable, voted(yes(BOB, THEN, 0)), BEGINS).reusableUntil())
        .contains(NOON.plusSeconds(1).plus(Duration.ofHours(2)));
    assertThat(after(ONE, voted(yes(BOB, THEN, 0)), BEGINS).reusableUntil()).isEmpty();
  }

  @Test
  void approvalP1_theDigestShowsEveryDifferenceAndNothingElse() {
    Approval again = request(82, wants(need(1, "S0SRE")));
    assertThat(again.digest()).isEqualTo(ONE.digest()).hasSize(64);
    var job = SampleApprovals.waiting(81);
    var otherNodes = job.work().only(job.work().title(), List.of("web1", "web2"));
    var work =
        new Job(
            job.id(),
            job.number(),
            job.command(),
            job.right(),
            job.canonical(),
            job.asker(),
            job.askerName(),
            job.groups(),
            job.place(),
            job.question(),
            otherNodes,
            job.backend(),
            Optional.empty(),
            job.created(),
            job.patience(),
            job.state());
    assertThat(Digest.of(work)).isNotEqualTo(ONE.digest());
  }

  /** Whatever happens, in whatever order, what the page promises holds. */
  @Test
  void randomWalksKeepTheirPromises() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int walk = 0; walk < 2_000; walk++) {
      walk(random, "seed " + seed + ", walk " + walk);
    }
  }

  private static void walk(Random random, String name) {
    Snapshot snapshot = wants(need(1 + random.nextInt(2), "S0SRE"), need(1, "S0OWNERS"));
    Approval approval = request(81, random.nextBoolean() ? held(snapshot) : snapshot);
    Instant now = NOON;
    int notified = 0;
    int begun = 0;
    for (int step = 0; step < 14; step++) {
      now = now.plus(Duration.ofSeconds(random.nextInt(400)));
      Advanced advanced = apply(approval, event(random, now), now);
      Approval after = approval.with(advanced.state());
      if (approval.state().status().isFinal()) {
        assertThat(after).as(name).isEqualTo(approval);
        assertThat(advanced.effects()).as(name).isEmpty();
      }
      if (!after.equals(approval)) {
        assertThat(after.state().version()).as(name).isEqualTo(approval.state().version() + 1);
      }
      notified +=
          (int)
              advanced.effects().stream()
                  .filter(ApprovalEffect.SendOrder.class::isInstance)
                  .map(ApprovalEffect.SendOrder.class::cast)
                  .filter(sent -> sent.order() instanceof JobEvent.Declined)
                  .count();
      assertThat(notified).as(name + ": told once that it never begins").isLessThanOrEqualTo(1);
      begun += after.state().status() == ApprovalStatus.DISPATCHED ? 1 : 0;
      Set<UserRef> voters = new HashSet<>();
      for (Vote vote : after.state().votes()) {
        assertThat(voters.add(vote.voter())).as(name + ": one vote each").isTrue();
        assertThat(vote.voter()).as(name).isNotEqualTo(ANN);
      }
      if (after.state().status() == ApprovalStatus.DISPATCHED) {
        assertThat(after.tally().isComplete()).as(name).isTrue();
        assertThat(after.state().yes()).as(name).hasSizeGreaterThanOrEqualTo(snapshot.people());
      }
      assertThat(after.due().isPresent()).as(name).isEqualTo(!after.state().status().isFinal());
      assertThat(begun == 0 || notified == 0).as(name + ": begun or not, never both").isTrue();
      approval = after;
    }
  }

  private static ApprovalEvent event(Random random, Instant now) {
    UserRef voter = new UserRef("T1", "U" + (1 + random.nextInt(5)));
    Set<UserRef> barred = random.nextInt(5) == 0 ? Set.of(new UserRef("T1", "U2")) : Set.of();
    Optional<String> obstacle = random.nextInt(6) == 0 ? Optional.of("frozen") : Optional.empty();
    RecheckResult look = new RecheckResult(barred, obstacle);
    Integer[] counts = random.nextBoolean() ? new Integer[] {0} : new Integer[] {0, 1};
    return switch (random.nextInt(10)) {
      case 0 -> new ApprovalEvent.Withdrawn(voter);
      case 1 -> new ApprovalEvent.Started("ann", look);
      case 2 -> new ApprovalEvent.TimePassed();
      case 3 ->
          random.nextInt(4) == 0
              ? new ApprovalEvent.Voted(no(voter, now, "no"), look)
              : new ApprovalEvent.Withdrawn(voter);
      case 4 ->
          random.nextInt(6) == 0
              ? new ApprovalEvent.Cancelled("ann")
              : new ApprovalEvent.TimePassed();
      case 5 -> new ApprovalEvent.Begins(look);
      default -> new ApprovalEvent.Voted(yes(voter, now, counts), look);
    };
  }

  /** The matching gives as many places away as any way of giving them away does. */
  @Test
  void approvalP6_theTallyIsAsGoodAsTryingEveryWay() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      var requirements =
          IntStream.range(0, 1 + random.nextInt(3))
              .mapToObj(at -> need(1 + random.nextInt(2), "S" + at))
              .toList();
      List<Set<Integer>> people = new ArrayList<>();
      for (int person = random.nextInt(5); person > 0; person--) {
        Set<Integer> counts = new HashSet<>();
        requirements.forEach(requirement -> {
          if (random.nextBoolean()) {
            counts.add(requirements.indexOf(requirement));
          }
        });
        people.add(counts);
      }
      List<Integer> left = new ArrayList<>(requirements.stream().map(r -> r.count()).toList());
      assertThat(Electorate.tally(requirements, people).people())
          .as("seed %d: %s for %s", seed, people, requirements)
          .isEqualTo(best(people, 0, left));
    }
  }

  private static int best(List<Set<Integer>> people, int person, List<Integer> left) {
    if (person == people.size()) {
      return 0;
    }
    int best = best(people, person + 1, left);
    for (int place : people.get(person)) {
      if (left.get(place) > 0) {
        left.set(place, left.get(place) - 1);
        best = Math.max(best, 1 + best(people, person + 1, left));
        left.set(place, left.get(place) + 1);
      }
    }
    return best;
  }
}
