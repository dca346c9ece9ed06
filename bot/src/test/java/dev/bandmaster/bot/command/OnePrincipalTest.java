package dev.bandmaster.bot.command;

import static dev.bandmaster.bot.command.PipelineBench.allowed;
import static dev.bandmaster.bot.job.SampleJobs.ANN;
import static dev.bandmaster.bot.job.SampleJobs.THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.acl.Approval;
import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Requirement;
import dev.bandmaster.acl.Who;
import dev.bandmaster.bot.approval.ApprovalStatus;
import dev.bandmaster.bot.chat.People;
import dev.bandmaster.bot.chat.Person;
import dev.bandmaster.bot.chat.Sender;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.store.Change;
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
  private static final Sender ANNS = new Sender("E1", "W1");
  private static final Sender BOB = new Sender("T1", "U2");
  private static final Sender BOBS = new Sender("E1", "W2");
  private static final Sender CARL = new Sender("T1", "U3");
  private static final String DEPLOY = "codeupdate staging web version=1.4.2";

  @RegisterExtension private final PipelineBench bench = new PipelineBench();
  private int said;

  @BeforeEach
  void people() {
    bench.people = sender -> new People.Known(bench.everybody.person(sender));
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
  private void known(Sender canonical, String name, Sender... others) {
    Person person =
        new Person(canonical, name, Person.Kind.MEMBER, Set.of("S0SRE"), Set.of(others));
    bench.everybody.alsoIs(canonical, person);
    for (Sender other : others) {
      bench.everybody.alsoIs(other, person);
    }
  }

  private void bothKnown() {
    known(ANNS, "ann", ANN, new Sender("T2", "U1"), new Sender("E1", "U1"));
    known(BOBS, "bob", BOB, new Sender("T2", "U2"), new Sender("E1", "U2"));
  }

  private Ending says(Sender who, String text) {
    return bench.doing(
        new Asked(
            "inbox-" + ++said,
            who,
            THREAD,
            THREAD.thread(),
            text,
            text,
            bench.clock.instant(),
            Asked.Manner.TYPED));
  }

  private String refusal(Sender who, String text) {
    return switch (says(who, text)) {
      case Ending.Refused refused -> refused.reason();
      case Ending.Answered answered -> throw new AssertionError(answered);
      case Ending.Opened opened -> throw new AssertionError(opened);
    };
  }

  private String answer(Sender who, String text) {
    return switch (says(who, text)) {
      case Ending.Answered answered -> PipelineBench.words(answered.message());
      case Ending.Refused refused -> throw new AssertionError(refused.reason());
      case Ending.Opened opened -> throw new AssertionError(opened);
    };
  }

  private Job opened(Sender who, String text) {
    return switch (says(who, text)) {
      case Ending.Opened(Job job, var _, var _) -> job;
      case Ending.Refused refused -> throw new AssertionError(refused.reason());
      case Ending.Answered answered -> throw new AssertionError(answered);
    };
  }

  private dev.bandmaster.bot.approval.Approval request(Job job) {
    return bench.store.approvals().byJob(job.id()).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"T1, U1", "T2, U1", "E1, U1", "E1, W1"})
  void trustT1_nobodyApprovesTheirOwnRequestUnderAnotherId(String team, String user) {
    bothKnown();
    Job job = opened(ANN, DEPLOY);
    assertThat(job.asker()).isEqualTo(ANNS);
    assertThat(refusal(new Sender(team, user), "approve 1")).startsWith("You asked for job 1");
    assertThat(refusal(new Sender(team, user), "reject 1")).startsWith("You asked for job 1");
    assertThat(request(job).state().votes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trustT1_aRequestFromBeforeTheIdsWereJoinedIsOnesOwnToo(boolean otherUserId) {
    known(ANN, "ann");
    bench.everybody.is(BOB, "bob", Person.Kind.MEMBER, "S0SRE");
    Job job = opened(ANN, DEPLOY);
    known(ANNS, "ann", ANN, new Sender("T2", "U1"));
    Sender now = otherUserId ? ANNS : new Sender("T2", "U1");
    assertThat(refusal(now, "approve 1")).startsWith("You asked for job 1");
    assertThat(request(job).state().votes()).isEmpty();
  }

  @Test
  void trustT1_whenItCannotBeFoundOutWhoAskedNoVoteCounts() {
    bothKnown();
    Job job = opened(ANN, DEPLOY);
    bench.everybody.away = true;
    assertThat(refusal(CARL, "approve 1")).startsWith("I could not make sure that you may vote");
    assertThat(request(job).state().votes()).isEmpty();
  }

  @Test
  void trustT1_twoVotesOfOnePersonUnderTwoIdsCountOnce() {
    bothKnown();
    Job job = opened(ANN, DEPLOY);
    assertThat(answer(BOB, "approve 1")).contains("is counted");
    for (Sender other : List.of(BOBS, new Sender("T2", "U2"), new Sender("E1", "U2"))) {
      assertThat(refusal(other, "approve 1")).startsWith("You have approved job 1 already");
    }
    assertThat(request(job).tally().people()).isEqualTo(1);
    assertThat(answer(new Sender("T2", "U2"), "withdraw 1")).contains("is taken back");
    assertThat(request(job).tally().people()).isZero();
    assertThat(answer(BOBS, "approve 1")).contains("is counted");
    assertThat(answer(CARL, "approve 1")).contains("is counted");
    assertThat(request(job).state().status()).isEqualTo(ApprovalStatus.APPROVED);
  }

  @Test
  void trustT1_votesThatTurnOutToBeOnePersonsDoNotLetTheJobBegin() {
    known(ANNS, "ann", ANN);
    Sender other = new Sender("T2", "U77");
    bench.everybody.is(BOB, "bob", Person.Kind.MEMBER, "S0SRE");
    bench.everybody.is(other, "bob", Person.Kind.MEMBER, "S0SRE");
    Job job = opened(ANN, DEPLOY);
    assertThat(answer(BOB, "approve 1")).contains("is counted");
    known(BOBS, "bob", BOB, other);
    assertThat(refusal(other, "approve 1")).startsWith("You have approved job 1 already");
    assertThat(request(job).state().status()).isEqualTo(ApprovalStatus.PENDING);
  }

  @Test
  void trustT1_twoVotesFromBeforeTheIdsWereJoinedAreNotTwoPeople() {
    wants(3);
    known(ANNS, "ann", ANN);
    Sender other = new Sender("T2", "U77");
    bench.everybody.is(BOB, "bob", Person.Kind.MEMBER, "S0SRE");
    bench.everybody.is(other, "bob", Person.Kind.MEMBER, "S0SRE");
    Job job = opened(ANN, DEPLOY);
    assertThat(answer(BOB, "approve 1")).contains("is counted");
    assertThat(answer(other, "approve 1")).contains("is counted");
    known(BOBS, "bob", BOB, other);
    answer(CARL, "approve 1");
    assertThat(request(job).state().status()).isEqualTo(ApprovalStatus.PENDING);
  }

  @Test
  void trustT1_onePersonUnderTwoIdsIsNotEnoughWhereTwoHaveToAgree() {
    known(ANNS, "ann", ANN);
    known(BOBS, "bob", BOB, new Sender("T2", "U2"));
    bench.everybody.is(CARL, "carl", Person.Kind.MEMBER);
    assertThat(refusal(ANN, DEPLOY)).contains("besides you only one person may give it");
    wants(1);
    known(BOBS, "ann's second account", BOB);
    bench.everybody.alsoIs(BOB, bench.everybody.person(ANN));
    bench.everybody.alsoIs(BOBS, bench.everybody.person(ANN));
    assertThat(refusal(ANN, DEPLOY)).contains("besides you nobody may give it");
  }

  @Test
  void trustT1_aLockIsItsOwnersFromWhereverTheyAct() {
    bothKnown();
    wants(1);
    assertThat(answer(ANN, "lock prod web looking into it")).startsWith("Locked.");
    assertThat(bench.store.slots().locks().getFirst().owner()).isEqualTo(ANNS.principal());
    bench.clock.advance(Duration.ofMinutes(1));
    assertThat(answer(new Sender("T2", "U1"), "lock prod web still")).startsWith("Locked.");
    assertThat(refusal(BOB, "lock prod web my turn")).contains("is locked by ann");
    assertThat(answer(ANNS, "unlock prod web")).contains("is lifted");
  }

  @Test
  void trustT1_schedulesAndFreezesBelongToTheOnePrincipal() {
    bothKnown();
    answer(new Sender("T2", "U1"), "schedule 2h ping web1");
    assertThat(bench.store.schedules().all().getFirst().owner()).isEqualTo(ANNS);
    answer(new Sender("T2", "U1"), "freeze staging --for 2h the fair");
    assertThat(bench.store.committed(Change.DeclareFreeze.class).getFirst().freeze().toString())
        .contains(ANNS.principal());
  }

  @Test
  void trustT1_theAuditAndWhoamiNameTheOnePrincipal() {
    bothKnown();
    assertThat(answer(new Sender("T2", "U1"), "whoami")).contains("slack:E1:W1");
    says(ANN, "lock staging web demo");
    says(new Sender("T2", "U1"), "nonsense");
    says(new Sender("E1", "U1"), DEPLOY + " --emergency \"the shop is down, really\"");
    assertThat(bench.store.committed(Change.Note.class))
        .hasSize(4)
        .allMatch(note -> note.entry().principal().equals(ANNS.principal()));
    assertThat(answer(BOB, "history --by slack:E1:W1")).contains("lock staging web demo");
    assertThat(answer(BOB, "history --by @W1")).contains("lock staging web demo");
    assertThat(answer(ANN, "history --by me")).contains("lock staging web demo");
    assertThat(answer(BOB, "history --by me")).contains("Nothing of that sort");
    assertThat(answer(BOB, "history prod --by slack:E1:W1")).contains("Nothing of that sort");
  }

  @Test
  void trustT1_thePolicyIsAskedWithAllIdsWhateverIsDone() {
    bothKnown();
    bench.policy = request -> allowed();
    Job job = opened(new Sender("T2", "U1"), "codeupdate staging web version=1.4.2");
    says(new Sender("T2", "U1"), "retry " + job.number() + " --failed");
    says(new Sender("T2", "U1"), "undo " + job.number());
    says(new Sender("T2", "U1"), "cancel " + job.number());
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
