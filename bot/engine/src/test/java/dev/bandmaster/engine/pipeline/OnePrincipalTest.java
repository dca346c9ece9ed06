package dev.bandmaster.engine.pipeline;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.engine.pipeline.PipelineBench.allowed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.acl.Approval;
import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Requirement;
import dev.bandmaster.acl.Who;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One human is one principal, whichever of their ids they act under. */
class OnePrincipalTest {
  private static final UserRef ANNS = new UserRef("E1", "W1");
  private static final UserRef BOB = new UserRef("T1", "U2");
  private static final UserRef BOBS = new UserRef("E1", "W2");
  private static final UserRef CARL = new UserRef("T1", "U3");
  private static final String DEPLOY = "codeupdate staging web version=1.4.2";

  @RegisterExtension private final PipelineBench bench = new PipelineBench();

  @BeforeEach
  void people() {
    bench.people = sender -> new Directory.Known(bench.everybody.person(sender));
    bench.everybody.is(CARL, "carl", Person.Kind.MEMBER, "S0SRE");
    wants(2);
  }

  private void wants(int count) {
    Requirement requirement =
        new Requirement(
            new Who(false, Set.of(), Set.of(), Set.of("S0SRE"), List.of("group sre")), count);
    Approval approval =
        new Approval(List.of(requirement), 1, Optional.empty(), false, Optional.empty());
    Decision decision =
        new Decision.NeedsApproval(
            "It has to be approved.",
            List.of("r2"),
            "hash-2",
            List.of(approval),
            false,
            OptionalInt.empty());
    bench.policy =
        request ->
            request.action().equals("codeupdate") && request.env().equals("staging")
                ? decision
                : allowed();
  }

  /** From now on this is known to be one person. */
  private void known(UserRef canonical, String name, UserRef... others) {
    Person person =
        new Person(canonical, name, Person.Kind.MEMBER, Set.of("S0SRE"), Set.of(others));
    bench.everybody.alsoIs(canonical, person);
    for (UserRef other : others) {
      bench.everybody.alsoIs(other, person);
    }
  }

  private void bothKnown() {
    known(ANNS, "ann", ANN, new UserRef("T2", "U1"), new UserRef("E1", "U1"));
    known(BOBS, "bob", BOB, new UserRef("T2", "U2"), new UserRef("E1", "U2"));
  }

  @ParameterizedTest
  @CsvSource({"T1, U1", "T2, U1", "E1, U1", "E1, W1"})
  void trustT1_nobodyApprovesTheirOwnRequestUnderAnotherId(String team, String user) {
    bothKnown();
    Job job = bench.opened(ANN, DEPLOY);
    assertThat(job.asker()).isEqualTo(ANNS);
    assertThat(bench.refusal(new UserRef(team, user), "approve 1"))
        .startsWith("You requested job 1");
    assertThat(bench.refusal(new UserRef(team, user), "reject 1"))
        .startsWith("You requested job 1");
    assertThat(bench.request(job).state().votes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trustT1_aRequestFromBeforeTheIdsWereJoinedIsOnesOwnToo(boolean otherUserId) {
    known(ANN, "ann");
    bench.everybody.is(BOB, "bob", Person.Kind.MEMBER, "S0SRE");
    Job job = bench.opened(ANN, DEPLOY);
    known(ANNS, "ann", ANN, new UserRef("T2", "U1"));
    UserRef now = otherUserId ? ANNS : new UserRef("T2", "U1");
    assertThat(bench.refusal(now, "approve 1")).startsWith("You requested job 1");
    assertThat(bench.request(job).state().votes()).isEmpty();
  }

  @Test
  void trustT1_whenItCannotBeFoundOutWhoAskedNoVoteCounts() {
    bothKnown();
    Job job = bench.opened(ANN, DEPLOY);
    bench.everybody.away = true;
    assertThat(bench.refusal(CARL, "approve 1"))
        .startsWith("Your vote does not count: I could not check whether you may vote");
    assertThat(bench.request(job).state().votes()).isEmpty();
  }

  @Test
  void trustT1_twoVotesOfOnePersonUnderTwoIdsCountOnce() {
    bothKnown();
    Job job = bench.opened(ANN, DEPLOY);
    assertThat(bench.answer(BOB, "approve 1")).contains("counts");
    for (UserRef other : List.of(BOBS, new UserRef("T2", "U2"), new UserRef("E1", "U2"))) {
      assertThat(bench.refusal(other, "approve 1")).startsWith("You already approved job 1");
    }
    assertThat(bench.request(job).tally().people()).isEqualTo(1);
    assertThat(bench.answer(new UserRef("T2", "U2"), "withdraw 1")).contains("is withdrawn");
    assertThat(bench.request(job).tally().people()).isZero();
    assertThat(bench.answer(BOBS, "approve 1")).contains("counts");
    assertThat(bench.answer(CARL, "approve 1")).contains("counts");
    assertThat(bench.request(job).state().status()).isEqualTo(ApprovalStatus.APPROVED);
  }

  @Test
  void trustT1_votesThatTurnOutToBeOnePersonsDoNotLetTheJobBegin() {
    known(ANNS, "ann", ANN);
    UserRef other = new UserRef("T2", "U77");
    bench.everybody.is(BOB, "bob", Person.Kind.MEMBER, "S0SRE");
    bench.everybody.is(other, "bob", Person.Kind.MEMBER, "S0SRE");
    Job job = bench.opened(ANN, DEPLOY);
    assertThat(bench.answer(BOB, "approve 1")).contains("counts");
    known(BOBS, "bob", BOB, other);
    assertThat(bench.refusal(other, "approve 1")).startsWith("You already approved job 1");
    assertThat(bench.request(job).state().status()).isEqualTo(ApprovalStatus.PENDING);
  }

  @Test
  void trustT1_twoVotesFromBeforeTheIdsWereJoinedAreNotTwoPeople() {
    wants(3);
    known(ANNS, "ann", ANN);
    UserRef other = new UserRef("T2", "U77");
    bench.everybody.is(BOB, "bob", Person.Kind.MEMBER, "S0SRE");
    bench.everybody.is(other, "bob", Person.Kind.MEMBER, "S0SRE");
    Job job = bench.opened(ANN, DEPLOY);
    assertThat(bench.answer(BOB, "approve 1")).contains("counts");
    assertThat(bench.answer(other, "approve 1")).contains("counts");
    known(BOBS, "bob", BOB, other);
    bench.answer(CARL, "approve 1");
    assertThat(bench.request(job).state().status()).isEqualTo(ApprovalStatus.PENDING);
  }

  @Test
  void trustT1_onePersonUnderTwoIdsIsNotEnoughWhereTwoHaveToAgree() {
    known(ANNS, "ann", ANN);
    known(BOBS, "bob", BOB, new UserRef("T2", "U2"));
    bench.everybody.is(CARL, "carl", Person.Kind.MEMBER);
    assertThat(bench.refusal(ANN, DEPLOY)).contains("besides you only one person may approve");
    wants(1);
    known(BOBS, "ann's second account", BOB);
    bench.everybody.alsoIs(BOB, bench.everybody.person(ANN));
    bench.everybody.alsoIs(BOBS, bench.everybody.person(ANN));
    assertThat(bench.refusal(ANN, DEPLOY)).contains("besides you nobody may approve");
  }

  @Test
  void trustT1_aLockIsItsOwnersFromWhereverTheyAct() {
    bothKnown();
    wants(1);
    assertThat(bench.answer(ANN, "lock prod web looking into it")).startsWith("Locked.");
    assertThat(bench.store.slots().locks().getFirst().owner()).isEqualTo(ANNS.principal());
    bench.clock.advance(Duration.ofMinutes(1));
    assertThat(bench.answer(new UserRef("T2", "U1"), "lock prod web still")).startsWith("Locked.");
    assertThat(bench.refusal(BOB, "lock prod web my turn")).contains("is locked by ann");
    assertThat(bench.answer(ANNS, "unlock prod web")).contains("is lifted");
  }

  @Test
  void trustT1_schedulesAndFreezesBelongToTheOnePrincipal() {
    bothKnown();
    bench.answer(new UserRef("T2", "U1"), "schedule 2h ping web1");
    assertThat(bench.store.schedules().all().getFirst().owner()).isEqualTo(ANNS);
    bench.answer(new UserRef("T2", "U1"), "freeze staging --for 2h the fair");
    assertThat(bench.store.committed(Change.DeclareFreeze.class).getFirst().freeze().toString())
        .contains(ANNS.principal());
  }

  @Test
  void trustT1_theAuditAndWhoamiNameTheOnePrincipal() {
    bothKnown();
    assertThat(bench.answer(new UserRef("T2", "U1"), "whoami")).contains("slack:E1:W1");
    bench.says(ANN, "lock staging web demo");
    bench.says(new UserRef("T2", "U1"), "nonsense");
    bench.says(new UserRef("E1", "U1"), DEPLOY + " --emergency \"the shop is down, really\"");
    assertThat(bench.store.committed(Change.AppendAudit.class))
        .hasSize(4)
        .allMatch(note -> note.entry().principal().equals(ANNS.principal()));
    assertThat(bench.answer(BOB, "history --by slack:E1:W1")).contains("lock staging web demo");
    assertThat(bench.answer(BOB, "history --by @W1")).contains("lock staging web demo");
    assertThat(bench.answer(ANN, "history --by me")).contains("lock staging web demo");
    assertThat(bench.answer(BOB, "history --by me")).contains("No matching entries");
    assertThat(bench.answer(BOB, "history prod --by slack:E1:W1")).contains("No matching entries");
  }

  @Test
  void trustT1_thePolicyIsAskedWithAllIdsWhateverIsDone() {
    bothKnown();
    bench.policy = request -> allowed();
    Job job = bench.opened(new UserRef("T2", "U1"), "codeupdate staging web version=1.4.2");
    bench.says(new UserRef("T2", "U1"), "retry " + job.number() + " --failed");
    bench.says(new UserRef("T2", "U1"), "undo " + job.number());
    bench.says(new UserRef("T2", "U1"), "cancel " + job.number());
    assertThat(bench.questions)
        .isNotEmpty()
        .allSatisfy(request -> {
          assertThat(request.principal().team()).isEqualTo("E1");
          assertThat(request.principal().user()).isEqualTo("W1");
          assertThat(request.principal().aliases()).contains("T1:U1", "T2:U1");
        });
    assertThat(bench.store.jobs().of(ANNS.principal(), 10)).hasSize(1);
  }
}
