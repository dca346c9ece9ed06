package dev.bandmaster.engine.commands.approvals;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.engine.pipeline.PipelineBench.allowed;
import static dev.bandmaster.engine.pipeline.PipelineBench.denied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.acl.Approval;
import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Request;
import dev.bandmaster.acl.Requirement;
import dev.bandmaster.acl.Who;
import dev.bandmaster.core.approval.ApprovalEvent;
import dev.bandmaster.core.approval.ApprovalMachine;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.approval.Vote;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.freeze.FreezeScope;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.engine.approvals.ApprovalClock;
import dev.bandmaster.engine.intake.ApprovalClicks;
import dev.bandmaster.engine.jobs.TestStartConditions;
import dev.bandmaster.engine.pipeline.ApprovalRequirements;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Authorised;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandReader;
import dev.bandmaster.engine.pipeline.CommandRequest;
import dev.bandmaster.engine.pipeline.CommandResult;
import dev.bandmaster.engine.pipeline.Emergencies;
import dev.bandmaster.engine.pipeline.ParsedCommand;
import dev.bandmaster.engine.pipeline.PipelineBench;
import dev.bandmaster.engine.pipeline.Step;
import dev.bandmaster.engine.view.ApprovalButtons;
import dev.bandmaster.engine.view.ApprovalButtons.Action;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.Invocation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests for approval, from the command that needs it to what voters are told. */
class ApprovalCommandsTest {
  private static final UserRef BOB = new UserRef("T1", "U2");
  private static final UserRef CARL = new UserRef("T1", "U3");
  private static final UserRef DAVE = new UserRef("T1", "U4");
  private static final String DEPLOY = "codeupdate staging web version=1.4.2";

  @RegisterExtension private final PipelineBench bench = new PipelineBench();

  @BeforeEach
  void people() {
    bench.people = sender -> new Directory.Known(bench.everybody.person(sender));
    bench.everybody.is(ANN, "ann", Person.Kind.MEMBER, "S0SRE");
    bench.everybody.is(BOB, "bob", Person.Kind.MEMBER, "S0SRE");
    bench.everybody.is(CARL, "carl", Person.Kind.MEMBER, "S0SRE", "S0OWNERS");
    bench.everybody.is(DAVE, "dave", Person.Kind.MEMBER);
    wants(need("S0SRE", 1));
  }

  private static Requirement need(String group, int count) {
    return new Requirement(
        new Who(false, Set.of(), Set.of(), Set.of(group), List.of("group " + group)), count);
  }

  private static Approval by(Requirement... requirements) {
    return new Approval(List.of(requirements), 1, Optional.empty(), false, Optional.empty());
  }

  private static Decision needs(Approval approval) {
    return new Decision.NeedsApproval(
        "The rule r2 wants it approved.",
        List.of("r2"),
        "hash-2",
        List.of(approval),
        false,
        OptionalInt.empty());
  }

  private void wants(Requirement... requirements) {
    wants(by(requirements));
  }

  private void wants(Approval approval) {
    policy(request -> request.action().equals("codeupdate"), needs(approval));
  }

  private void policy(Predicate<Request> about, Decision decision) {
    bench.policy = request -> about.test(request) ? decision : allowed();
  }

  private Job asked() {
    return bench.opened(DEPLOY);
  }

  private ApprovalStatus status(Job job) {
    return bench.request(job).state().status();
  }

  private List<JobEvent.Order> ordersOf(Job job) {
    return bench.store.committed(Change.SendJobOrder.class).stream()
        .filter(sent -> sent.job().equals(job.id()))
        .map(Change.SendJobOrder::order)
        .toList();
  }

  private AuditEntry lastAudit() {
    return bench.store.committed(Change.AppendAudit.class).getLast().entry();
  }

  // --- Asking ---

  @Test
  void approvalP16_theRequestIsStoredWithItsJob() {
    Job job = asked();
    assertThat(job.state().status()).isEqualTo(JobStatus.AWAITING_APPROVAL);
    assertThat(status(job)).isEqualTo(ApprovalStatus.PENDING);
    assertThat(lastAudit().decision()).isEqualTo("asked");
  }

  @Test
  void approvalP2_whatThePolicyWantedThenIsWhatCounts() {
    Job job = asked();
    var snapshot = bench.request(job).snapshot();
    assertThat(snapshot.rules()).containsExactly("r2");
    assertThat(snapshot.policy()).isEqualTo("hash-2");
    assertThat(snapshot.denials()).isEqualTo(1);
    assertThat(bench.request(job).expires()).isEqualTo(NOON.plus(Duration.ofHours(1)));
    wants(need("S0OWNERS", 1));
    assertThat(bench.answer(BOB, "approve 1")).contains("counts");
    assertThat(status(job)).as("the later policy asks others").isEqualTo(ApprovalStatus.APPROVED);
  }

  @Test
  void approvalP2_everyRuleOfEverythingThatIsTouchedHasToBeMet() {
    bench.join("web9", "staging");
    bench.policy =
        request ->
            request.action().equals("codeupdate")
                ? needs(by(need(request.targets().isPresent() ? "S0OWNERS" : "S0SRE", 1)))
                : allowed();
    assertThat(bench.request(asked()).snapshot().requirements())
        .containsExactly(need("S0SRE", 1), need("S0OWNERS", 1));
  }

  @Test
  void approvalP6_withTooFewWhoCouldAgreeItIsRefusedAtOnce() {
    wants(need("S0OWNERS", 2));
    assertThat(bench.refusal(ANN, DEPLOY))
        .isEqualTo(
            "Nothing was requested: this needs 2 approvals from @S0OWNERS, and besides you only one person may approve here. Ask the policy's owners.");
    wants(need("S0SRE", 3));
    assertThat(bench.refusal(ANN, DEPLOY)).contains("only 2 people may approve");
    policy(request -> request.action().equals("approve"), denied("no"));
    var deploys = bench.policy;
    bench.policy =
        request ->
            request.action().equals("codeupdate")
                ? needs(by(need("S0SRE", 1)))
                : deploys.apply(request);
    assertThat(bench.refusal(ANN, DEPLOY)).contains("besides you nobody may approve here");
    assertThat(bench.store.committed(Change.CreateJob.class)).isEmpty();
  }

  @Test
  void approvalP6_whenNobodyCanSayWhoTheyAreNothingIsAsked() {
    bench.everybody.away = true;
    assertThat(bench.refusal(ANN, DEPLOY))
        .contains("I cannot look up who that is", "Slack does not answer");
  }

  @Test
  void whatIsNoWorkForNodesCannotWaitForPeople() {
    policy(request -> request.action().equals("lock"), needs(by(need("S0SRE", 1))));
    assertThat(bench.refusal(ANN, "lock staging web"))
        .startsWith(
            "Nothing was done: a rule requires approval for 'lock', but only work on nodes can wait");
    policy(request -> request.action().equals("status"), needs(by(need("S0SRE", 1))));
    assertThat(bench.refusal(ANN, "status"))
        .startsWith("Nothing was done: a rule requires approval for 'status'");
  }

  @Test
  void adhocOnManyNodesIsApprovedLikeADeploy() {
    policy(
        request ->
            request.action().startsWith("adhoc")
                && request.targets().filter(targets -> targets.count() > 1).isPresent(),
        needs(by(need("S0SRE", 1))));
    assertThat(bench.opened("adhoc staging web1 uptime").state().status())
        .isEqualTo(JobStatus.QUEUED);
    Job many = bench.opened("adhoc staging web* uptime");
    assertThat(many.state().status()).isEqualTo(JobStatus.AWAITING_APPROVAL);
    assertThat(bench.answer(BOB, "approve " + many.number())).contains("counts");
    assertThat(status(many)).isEqualTo(ApprovalStatus.APPROVED);
  }

  @Test
  void approvalP9_askingAgainTakesThePlaceOfTheEarlierRequest() {
    Job first = asked();
    bench.answer(BOB, "approve 1");
    Job second = bench.opened("codeupdate staging web version=1.10.0");
    assertThat(status(first)).isEqualTo(ApprovalStatus.SUPERSEDED);
    assertThat(bench.request(first).state().successor()).contains(bench.request(second).id());
    assertThat(bench.request(second).supersedes()).contains(bench.request(first).id());
    assertThat(bench.request(second).tally().people()).isZero();
    assertThat(ordersOf(first)).anyMatch(JobEvent.Declined.class::isInstance);
    assertThat(bench.refusal(CARL, "approve 1"))
        .contains("ann made the same request again. Job 2 replaces it.");
    assertThat(bench.store.wanted(first.messageId()).orElseThrow().toString())
        .contains("Job 2 replaces it.");
  }

  @Test
  void approvalP9_anApprovalIsUsedAgainOnlyWhereTheRuleSaysSo() {
    for (boolean reusable : List.of(false, true)) {
      wants(
          new Approval(
              List.of(need("S0SRE", 1)),
              1,
              Optional.empty(),
              false,
              reusable ? Optional.of(Duration.ofHours(2)) : Optional.empty()));
      Job first = asked();
      bench.answer(BOB, "approve " + first.number());
      begins(first);
      assertThat(asked().state().status())
          .isEqualTo(reusable ? JobStatus.QUEUED : JobStatus.AWAITING_APPROVAL);
    }
    assertThat(bench.opened("codeupdate staging web version=1.10.0").state().status())
        .as("another version is not the same")
        .isEqualTo(JobStatus.AWAITING_APPROVAL);
  }

  private void begins(Job job) {
    var approved = bench.request(job);
    var begun =
        ApprovalMachine.apply(
            approved,
            new ApprovalEvent.Begins(ApprovalEvent.RecheckResult.CLEAR),
            bench.clock.instant());
    bench.store.commit(new Change.UpdateApproval(approved, begun.state(), bench.clock.instant()));
  }

  @Test
  void approvalP10_aFreezeIsAWarningWhenItIsAsked() {
    freeze();
    assertThat(bench.request(asked()).snapshot().freeze())
        .contains("staging is frozen", "the fair");
    bench.policy = request -> allowed();
    assertThat(bench.refusal(ANN, DEPLOY))
        .as("without approval it stops")
        .contains("staging is frozen");
  }

  private void freeze() {
    bench.store.commit(
        new Change.DeclareFreeze(
            1,
            new Freeze(
                new Freeze.Origin.Person(1, BOB.principal(), "bob"),
                new FreezeScope(List.of("staging"), List.of()),
                NOON,
                NOON.plus(Duration.ofHours(9)),
                "the fair")));
  }

  // --- Voting ---

  @Test
  void approvalP12_theLastYesLetsItGoByItselfAndEverybodyIsNotified() {
    Job job = asked();
    bench.clock.advance(Duration.ofMinutes(3));
    assertThat(bench.answer(BOB, "approve 1")).isEqualTo("Your vote on job 1 counts.");
    assertThat(ordersOf(job)).containsExactly(new JobEvent.Approved("bob"));
    assertThat(shows("vote:U2")).as("a line in the thread").isEqualTo(1);
    assertThat(bench.store.committed(Change.PostMessage.class))
        .as("the requester is told")
        .anyMatch(show ->
            show.item() instanceof Outbound.ChannelMessage shown && shown.channel().equals("DU1"));
    assertThat(bench.store.wanted(job.messageId()).orElseThrow().toString())
        .as("its buttons are gone")
        .contains("Approved 1/1")
        .doesNotContain("approval.approve");
  }

  private long shows(String what) {
    return bench.store.committed(Change.PostMessage.class).stream()
        .filter(show -> show.id().startsWith("approval:") && show.id().endsWith(what))
        .count();
  }

  @Test
  void approvalP12_whatIsHeldIsStartedByHand() {
    wants(new Approval(List.of(need("S0SRE", 1)), 1, Optional.empty(), true, Optional.empty()));
    Job job = asked();
    assertThat(bench.refusal(ANN, "start 1"))
        .isEqualTo("Job 1 is not approved yet: 0 of 1 approvals.");
    bench.answer(BOB, "approve 1");
    assertThat(ordersOf(job)).isEmpty();
    assertThat(bench.answer(ANN, "start 1")).isEqualTo("Job 1 starts when its turn comes.");
    assertThat(ordersOf(job)).containsExactly(new JobEvent.Approved("bob"));
    assertThat(bench.refusal(ANN, "start 1")).contains("already approved by bob");
  }

  @Test
  void approvalP5_trapGithub_nobodyApprovesTheirOwnRequestNoMatterWhoTheyAre() {
    asked();
    assertThat(bench.refusal(ANN, "approve 1"))
        .isEqualTo("You requested job 1, so others have to approve it: 1 approval from @S0SRE.");
    assertThat(bench.refusal(ANN, "reject 1 no"))
        .isEqualTo("You requested job 1. To cancel it: `cancel 1`.");
    policy(request -> request.action().equals("approve"), denied("Only bob may."));
    assertThat(bench.refusal(ANN, "approve 1"))
        .as("that holds whatever the rules say")
        .startsWith("You requested job 1");
    assertThat(bench.store.approvals().byNumber(1).orElseThrow().state().votes()).isEmpty();
  }

  @Test
  void approvalP3_aPersonInNoneOfTheGroupsIsNotCounted() {
    asked();
    assertThat(bench.refusal(DAVE, "approve 1"))
        .isEqualTo("Your vote does not count: this needs 1 approval from @S0SRE.");
  }

  @Test
  void approvalP3_peopleOfOtherOrganisationsBotsAndRemovedPeopleAreNotCounted() {
    asked();
    bench.everybody.is(BOB, "bob", Person.Kind.EXTERNAL, "S0SRE");
    assertThat(bench.refusal(BOB, "approve 1"))
        .isEqualTo("People from other organizations cannot vote here.");
    bench.everybody.is(BOB, "bob", Person.Kind.BOT, "S0SRE");
    assertThat(bench.refusal(BOB, "approve 1")).isEqualTo("Bots cannot vote.");
    bench.everybody.is(BOB, "bob", Person.Kind.DEACTIVATED, "S0SRE");
    assertThat(bench.refusal(BOB, "approve 1")).isEqualTo("Deactivated accounts cannot vote.");
    bench.everybody.is(BOB, "bob", Person.Kind.MEMBER);
    assertThat(bench.refusal(BOB, "approve 1"))
        .as("out of the group since")
        .contains("does not count");
  }

  @Test
  void approvalP3_theRightIsLookedAtAgainWhenSomebodyVotes() {
    asked();
    policy(request -> request.action().equals("approve"), denied("You may not approve here."));
    assertThat(bench.refusal(BOB, "approve 1")).isEqualTo("You may not approve here.");
  }

  @Test
  void approvalP3_whileSlackDoesNotSayWhoIsWhoNoVoteIsCounted() {
    Job job = asked();
    bench.everybody.away = true;
    assertThat(bench.refusal(BOB, "approve 1"))
        .isEqualTo(
            "Your vote does not count: I could not check whether you may vote. Slack does not answer. Try again in a minute.");
    assertThat(bench.request(job).state().votes()).isEmpty();
    bench.everybody.away = false;
    bench.everybody.age = Duration.ofSeconds(61);
    assertThat(bench.answer(BOB, "approve 1")).as("nothing is dear in staging").contains("counts");
  }

  @Test
  void approvalP3_forAProtectedEnvironmentKnowledgeIsAtMostAMinuteOld() {
    bench.policy =
        request -> request.action().startsWith("adhoc") ? needs(by(need("S0SRE", 1))) : allowed();
    Job job = bench.opened("adhoc prod db1 uptime");
    assertThat(bench.request(job).snapshot().isProtected()).isTrue();
    bench.everybody.age = Duration.ofSeconds(61);
    assertThat(bench.refusal(BOB, "approve 1")).contains("Your vote does not count");
    bench.everybody.age = Duration.ofSeconds(60);
    assertThat(bench.answer(BOB, "approve 1")).contains("counts");
    assertThat(lastAudit().more().groupsAge()).isEqualTo("60");
  }

  @Test
  void approvalP6_trapGithub_twoAreTwoPeopleAndEachCountsOnce() {
    wants(need("S0SRE", 2));
    Job job = asked();
    bench.answer(BOB, "approve 1");
    assertThat(bench.refusal(BOB, "approve 1"))
        .startsWith("You already approved job 1 at ")
        .endsWith("To undo: `withdraw 1`.");
    assertThat(ordersOf(job)).isEmpty();
    bench.answer(CARL, "approve 1");
    assertThat(ordersOf(job)).containsExactly(new JobEvent.Approved("bob, carl"));
  }

  @Test
  void approvalP6_aVoteIsTakenBackWhileItIsOpen() {
    wants(need("S0SRE", 2));
    Job job = asked();
    bench.answer(BOB, "approve 1");
    assertThat(bench.answer(BOB, "withdraw 1")).isEqualTo("Your vote on job 1 is withdrawn.");
    assertThat(bench.refusal(BOB, "withdraw 1")).isEqualTo("You have not voted on job 1.");
    assertThat(bench.request(job).tally().people()).isZero();
    bench.answer(BOB, "approve 1");
    bench.answer(CARL, "approve 1");
    assertThat(bench.refusal(BOB, "withdraw 1")).endsWith("It is too late to withdraw a vote.");
  }

  @Test
  void approvalP6_oneNoEndsItWithItsReason() {
    Job job = asked();
    bench.answer(CARL, "reject 1 the error rate is up");
    assertThat(status(job)).isEqualTo(ApprovalStatus.DENIED);
    assertThat(ordersOf(job))
        .containsExactly(new JobEvent.Declined("carl", "Rejected by carl: the error rate is up"));
    assertThat(bench.refusal(BOB, "approve 1")).startsWith("Job 1 is already rejected by carl at ");
  }

  @Test
  void approvalP7_theSlowerOneSeesWhoWasFirst() {
    asked();
    bench.answer(BOB, "approve 1");
    assertThat(bench.refusal(CARL, "approve 1")).startsWith("Job 1 is already approved by bob at ");
  }

  @Test
  void approvalP8_aVoteAfterTheTimeIsTooLateWhetherItWasNotedOrNot() {
    Job job = asked();
    bench.clock.advance(Duration.ofHours(1));
    assertThat(bench.refusal(BOB, "approve 1")).startsWith("Too late: voting on job 1 ended at ");
    approvalClock().look();
    assertThat(status(job)).isEqualTo(ApprovalStatus.EXPIRED);
    assertThat(lastAudit().decision()).isEqualTo("expired");
    assertThat(bench.refusal(BOB, "approve 1")).startsWith("The request for job 1 expired at ");
  }

  @Test
  void approvalP8_trapStackstorm_whereNobodySaysAnythingARequestExpiresAllTheSame() {
    Job job = asked();
    assertThat(bench.request(job).expires()).isEqualTo(job.created().plus(Duration.ofMinutes(60)));
    assertThat(bench.request(job).due()).isPresent();
  }

  @Test
  void approvalP8_whatIsApprovedAndDoesNotBeginLapses() {
    Job job = asked();
    bench.answer(BOB, "approve 1");
    bench.clock.advance(Duration.ofMinutes(15));
    approvalClock().look();
    assertThat(status(job)).isEqualTo(ApprovalStatus.LAPSED);
    assertThat(ordersOf(job)).hasSize(2).last().isInstanceOf(JobEvent.Declined.class);
  }

  @Test
  void approvalP4_whatAFreezeKeepsFromBeginningLapsesAndTheFreezeIsNamed() {
    Job job = asked();
    freeze();
    bench.answer(BOB, "approve 1");
    assertThat(status(job))
        .as("it waits for the end of the freeze")
        .isEqualTo(ApprovalStatus.APPROVED);
    bench.clock.advance(Duration.ofMinutes(15));
    approvalClock().look();
    assertThat(status(job)).isEqualTo(ApprovalStatus.LAPSED);
    assertThat(bench.request(job).state().note())
        .startsWith("It was approved, but could not start in time: staging is frozen until ")
        .endsWith(" by bob (freeze 1): the fair. Run the command again once that is over.");
    assertThat(ordersOf(job)).last().isInstanceOf(JobEvent.Declined.class);
  }

  private ApprovalClock approvalClock() {
    return new ApprovalClock(
        bench.store, TestStartConditions.of(bench.store, bench.clock), bench.notifier, bench.clock);
  }

  @Test
  void approvalP8_peopleAreRemindedOnceHalfOfTheTimeIsOver() {
    asked();
    ApprovalClock clock = approvalClock();
    bench.clock.advance(Duration.ofMinutes(30));
    clock.look();
    clock.look();
    assertThat(shows("reminder")).isEqualTo(1);
  }

  @Test
  void approvalP4_whoAgreedAndMayNotAnyMoreDoesNotCountForTheLastVote() {
    wants(need("S0SRE", 2));
    bench.everybody.is(DAVE, "dave", Person.Kind.MEMBER, "S0SRE");
    Job job = asked();
    bench.answer(BOB, "approve 1");
    bench.everybody.is(BOB, "bob", Person.Kind.MEMBER);
    assertThat(bench.answer(CARL, "approve 1"))
        .contains("bob may no longer approve this; someone else has to.");
    assertThat(status(job)).isEqualTo(ApprovalStatus.PENDING);
    bench.answer(DAVE, "approve 1");
    assertThat(status(job)).isEqualTo(ApprovalStatus.APPROVED);
  }

  @Test
  void approvalP4_aPolicyThatForbidsItMeanwhileKeepsItFromBeginning() {
    Job job = asked();
    policy(request -> request.action().equals("codeupdate"), denied("Nobody deploys today."));
    assertThat(bench.answer(BOB, "approve 1"))
        .contains("ann may no longer do this: Nobody deploys");
    assertThat(status(job)).isEqualTo(ApprovalStatus.PENDING);
    bench.policy = request -> allowed();
    assertThat(bench.answer(BOB, "start 1")).contains("starts when its turn comes");
    assertThat(status(job)).isEqualTo(ApprovalStatus.APPROVED);
  }

  @Test
  void approvalP1_whenTheNewestVersionHasMovedTheBotAsksAgainForTheSamePerson() {
    wants(need("S0SRE", 2));
    Job job = openedWhen("1.4.2");
    votedFor(job, CARL, "carl");
    CommandResult.Opened again = (CommandResult.Opened) bench.says(BOB, "approve " + job.number());
    assertThat(PipelineBench.words(again.word().orElseThrow()))
        .isEqualTo(
            "The request is for 1.4.2, but the newest version is now 1.10.0. Nothing was started and your vote does not count. The request is renewed as job 2.");
    assertThat(again.job().asker()).isEqualTo(ANN);
    assertThat(again.job().place()).isEqualTo(job.place());
    assertThat(again.job().work().subject().orElseThrow().version()).isEqualTo("1.10.0");
    assertThat(again.job().state().status()).isEqualTo(JobStatus.AWAITING_APPROVAL);
    assertThat(bench.request(again.job()).state().votes()).as("votes are void").isEmpty();
    assertThat(bench.request(again.job()).supersedes()).contains(bench.request(job).id());
    assertThat(bench.request(job).state().successor()).contains(bench.request(again.job()).id());
    assertThat(status(job)).isEqualTo(ApprovalStatus.SUPERSEDED);
    assertThat(ordersOf(job)).singleElement().isInstanceOf(JobEvent.Declined.class);
    assertThat(bench.refusal(CARL, "approve " + job.number()))
        .endsWith("the newest version is now 1.10.0. Job 2 replaces it.");
  }

  @Test
  void approvalP1_whatIsRequestedAgainStandsInTheAuditBesideTheVoteThatLedToIt() {
    Job job = openedWhen("1.4.2");
    bench.says(BOB, "approve " + job.number());
    List<AuditEntry> entries =
        bench.store.committed(Change.AppendAudit.class).stream()
            .map(Change.AppendAudit::entry)
            .toList();
    AuditEntry vote = entries.get(entries.size() - 2);
    assertThat(vote.principal()).isEqualTo(BOB.principal());
    assertThat(vote.more().digest()).isEqualTo(bench.request(job).digest());
    assertThat(vote.more().state()).isEqualTo("SUPERSEDED");
    assertThat(lastAudit().principal()).isEqualTo(ANN.principal());
    assertThat(lastAudit().raw()).isEqualTo("requested again for job 1: codeupdate staging web");
    assertThat(lastAudit().decision()).isEqualTo("asked");
  }

  @Test
  void approvalP1_itIsRequestedAgainOnlyIfTheRequesterMayStillDoIt() {
    Job job = openedWhen("1.4.2");
    policy(request -> request.action().equals("codeupdate"), denied("Nobody deploys today."));
    assertThat(bench.answer(BOB, "approve " + job.number()))
        .isEqualTo(
            "The request is for 1.4.2, but the newest version is now 1.10.0. The request could not be renewed: Nobody deploys today.");
    assertThat(status(job)).isEqualTo(ApprovalStatus.SUPERSEDED);
    assertThat(bench.request(job).state().successor()).isEmpty();
    assertThat(lastAudit().decision()).isEqualTo("denied");
    assertThat(lastAudit().principal()).isEqualTo(ANN.principal());
  }

  @Test
  void approvalP1_whatNobodyHasToApproveAnyMoreDoesNotBeginByItself() {
    Job job = openedWhen("1.4.2");
    bench.policy = request -> allowed();
    assertThat(bench.answer(BOB, "approve " + job.number()))
        .endsWith("was dropped. Run codeupdate staging web to start it.");
    assertThat(bench.store.committed(Change.CreateJob.class)).as("only the first").hasSize(1);
    assertThat(status(job)).isEqualTo(ApprovalStatus.SUPERSEDED);
  }

  private void votedFor(Job job, UserRef voter, String name) {
    var approval = bench.request(job);
    var voted =
        ApprovalMachine.apply(
            approval,
            new ApprovalEvent.Voted(
                new Vote(
                    voter,
                    name,
                    true,
                    bench.clock.instant(),
                    "",
                    Optional.empty(),
                    Set.of(0),
                    false),
                ApprovalEvent.RecheckResult.CLEAR),
            bench.clock.instant());
    bench.store.commit(new Change.UpdateApproval(approval, voted.state(), bench.clock.instant()));
  }

  /** A job that waits, asked for without a version while this one was the newest. */
  private Job openedWhen(String version) {
    CommandResult.Opened opened =
        (CommandResult.Opened) bench.run("codeupdate staging web version=" + version).ending();
    Job like = opened.job();
    Job job =
        new Job(
            like.id(),
            like.number(),
            like.command(),
            like.right(),
            "codeupdate staging web",
            like.asker(),
            like.askerName(),
            like.groups(),
            like.place(),
            like.question(),
            like.work(),
            like.backend(),
            like.emergency(),
            like.created(),
            like.patience(),
            like.state());
    var snapshot =
        opened.changes().stream()
            .filter(Change.CreateApproval.class::isInstance)
            .map(change -> ((Change.CreateApproval) change).approval().snapshot())
            .findFirst()
            .orElseThrow();
    bench.store.commit(
        new Change.CreateJob(job, "bot-1"),
        new Change.CreateApproval(
            dev.bandmaster.core.approval.Approval.of(
                "asked-before", job, snapshot, Duration.ofHours(1), Optional.empty())));
    return job;
  }

  @Test
  void aNodeThatJoinedSinceIsNoPartOfIt() {
    Job job = asked();
    bench.join("web3", "staging");
    assertThat(bench.answer(BOB, "approve 1"))
        .endsWith("web3 joined since the request: not included.");
    assertThat(job.work().reach().nodes()).containsExactly("web1", "web2");
  }

  @Test
  void aNodeThatLeftSinceIsNamedAndStaysPartOfIt() {
    Job job = asked();
    bench.leave("web2");
    assertThat(bench.answer(BOB, "approve 1"))
        .endsWith("web2 left since the request: will be reported as silent.");
    assertThat(job.work().reach().nodes()).containsExactly("web1", "web2");
  }

  @Test
  void cancellingTheJobTakesItsRequestBack() {
    Job job = asked();
    bench.answer(ANN, "cancel 1");
    assertThat(status(job)).isEqualTo(ApprovalStatus.CANCELLED);
    assertThat(ordersOf(job)).singleElement().isInstanceOf(JobEvent.Cancel.class);
    assertThat(bench.refusal(BOB, "approve 1"))
        .isEqualTo("The request for job 1 is closed: Cancelled by ann.");
  }

  @Test
  void whatNeedsNobodysYesCannotBeVotedOn() {
    bench.policy = request -> allowed();
    asked();
    for (String command : List.of("approve 1", "reject 1 no", "withdraw 1", "start 1")) {
      assertThat(bench.refusal(BOB, command)).startsWith("Job 1 needs no approval.");
    }
    assertThat(bench.answer(BOB, "pending")).isEqualTo("Nothing awaits approval.");
  }

  @Test
  void approvalP14_theAuditSaysWhatWasDecidedAboutWhat() {
    Job job = asked();
    AuditEntry asking = lastAudit();
    assertThat(asking.more().digest()).isEqualTo(bench.request(job).digest());
    assertThat(asking.more().state()).isEqualTo("PENDING");
    assertThat(asking.more().name()).isEqualTo("ann");
    bench.answer(BOB, "approve 1");
    AuditEntry vote = lastAudit();
    assertThat(vote.principal()).isEqualTo("slack:T1:U2");
    assertThat(vote.action()).isEqualTo("approve");
    assertThat(vote.more())
        .isEqualTo(
            new AuditEntry.More(
                "bob",
                "inbox-1",
                THREAD.thread().orElseThrow(),
                bench.request(job).digest(),
                "APPROVED",
                "3",
                false));
  }

  // --- Buttons ---

  private static Inbound.ButtonClick click(
      Action action, String value, ConversationRef place, String message) {
    return new Inbound.ButtonClick(BOB, place, message, action.id(), value, Optional.empty());
  }

  @Test
  void approvalP1_aButtonThatWasAlteredOrCopiedDoesNotCount() {
    Job job = asked();
    var approval = bench.request(job);
    String value = ApprovalButtons.Value.of(approval).toString();
    ApprovalClicks clicks = new ApprovalClicks(bench.store.approvals(), bench.store.outbox());
    assertThat(clicks.of(Action.APPROVE, click(Action.APPROVE, value, THREAD, "1.1")))
        .isInstanceOfSatisfying(
            ApprovalClicks.Meaning.Typed.class,
            typed -> assertThat(typed.text()).isEqualTo("approve 1"));
    for (String altered :
        List.of("", "x", approval.id(), approval.id() + ".000000000000", value + " ")) {
      assertThat(clicks.of(Action.APPROVE, click(Action.APPROVE, altered, THREAD, "1.1")))
          .as(altered)
          .isInstanceOfSatisfying(
              ApprovalClicks.Meaning.Foreign.class,
              foreign -> assertThat(foreign.reason()).contains("this button was changed"));
    }
    ConversationRef elsewhere =
        new ConversationRef("C7", ConversationRef.Kind.CHANNEL, Optional.empty());
    assertThat(clicks.of(Action.APPROVE, click(Action.APPROVE, value, elsewhere, "1.1")))
        .isInstanceOfSatisfying(
            ApprovalClicks.Meaning.Foreign.class,
            foreign -> assertThat(foreign.reason()).contains("a copy of the request"));
    ConversationRef direct =
        new ConversationRef("D2", ConversationRef.Kind.DIRECT, Optional.empty());
    assertThat(clicks.of(Action.APPROVE, click(Action.APPROVE, value, direct, "")))
        .as("in the home tab")
        .isInstanceOfSatisfying(
            ApprovalClicks.Meaning.Typed.class,
            typed -> assertThat(typed.place()).isEqualTo(direct));
    assertThat(clicks.of(Action.APPROVE, click(Action.APPROVE, value, direct, "1.1")))
        .as("forwarded to a direct message")
        .isInstanceOf(ApprovalClicks.Meaning.Foreign.class);
    assertThat(clicks.begun(Action.REJECT, value)).contains("reject 1");
    assertThat(clicks.begun(Action.REJECT, "x")).isEmpty();
  }

  // --- Everywhere ---

  /** A rule with {@code fleet_wide: ask}. */
  private void everywhereIsAsked(List<Approval> approvals) {
    Decision asks =
        approvals.isEmpty()
            ? new Decision.Allowed(
                "The rule r1 allows it.", List.of("r1"), "hash-1", true, OptionalInt.empty())
            : new Decision.NeedsApproval(
                "The rule r2 wants it approved.",
                List.of("r2"),
                "hash-2",
                approvals,
                true,
                OptionalInt.empty());
    policy(
        request ->
            request.action().equals("ping")
                && request.targets().filter(targets -> !targets.filtered()).isPresent(),
        asks);
  }

  @Test
  void policyFleetWideAsk_whatGoesToAllNodesIsConfirmedWithTheirNumber() {
    everywhereIsAsked(List.of());
    assertThat(bench.answer(ANN, "ping"))
        .contains(
            "This goes to all 3 nodes: no filter is given.", "ping --confirm 3", "[Run on all 3]");
    assertThat(bench.store.committed(Change.CreateJob.class)).isEmpty();
    Job job = ((CommandResult.Opened) bench.says(ANN, "ping --confirm 3")).job();
    assertThat(job.work().reach().nodes()).containsExactlyInAnyOrder("web1", "web2", "db1");
    assertThat(job.canonical()).as("again is asked again").isEqualTo("ping");
    assertThat(((CommandResult.Opened) bench.says(ANN, "ping web1")).job().canonical())
        .as("what names its nodes is not asked about")
        .isEqualTo("ping web1");
  }

  @Test
  void policyFleetWideAsk_anotherNumberThanThatOfTheNodesConfirmsNothing() {
    everywhereIsAsked(List.of());
    assertThat(bench.answer(ANN, "ping --confirm 2"))
        .contains("You confirmed 2, which is not their number.", "ping --confirm 3");
    bench.join("web9", "staging");
    assertThat(bench.says(ANN, "ping --confirm 3", CommandRequest.Manner.CONFIRMED))
        .as("a button from before")
        .isInstanceOf(CommandResult.Answered.class);
    assertThat(bench.says(ANN, "ping --confirm 4", CommandRequest.Manner.CONFIRMED))
        .isInstanceOf(CommandResult.Opened.class);
  }

  @Test
  void policyFleetWideAsk_itIsConfirmedFirstAndApprovedThen() {
    everywhereIsAsked(List.of(by(need("S0SRE", 1))));
    assertThat(bench.answer(ANN, "ping")).contains("ping --confirm 3");
    assertThat(((CommandResult.Opened) bench.says(ANN, "ping --confirm 3")).job().state().status())
        .isEqualTo(JobStatus.AWAITING_APPROVAL);
  }

  @Test
  void policyFleetWideAsk_aScheduleKeepsTheNumber() {
    assertThat(
            bench.check(
                new Asker(bench.everybody.person(ANN), THREAD), List.of("ping", "--confirm", "3")))
        .isInstanceOfSatisfying(
            CommandReader.Good.class,
            good -> assertThat(good.canonical()).isEqualTo("ping --confirm 3"));
  }

  // --- Emergencies ---

  private static final String EMERGENCY = DEPLOY + " --emergency \"the shop is down\"";

  @Test
  void approvalP11_anEmergencyIsConfirmedAnnouncedAndBeginsAtOnce() {
    freeze();
    assertThat(bench.answer(ANN, EMERGENCY))
        .contains("web 1.4.2 on 2 nodes in staging", "without approval", "[Start now]");
    assertThat(bench.store.committed(Change.CreateJob.class)).isEmpty();
    bench.says(ANN, EMERGENCY, CommandRequest.Manner.CONFIRMED);
    Job job = bench.store.committed(Change.CreateJob.class).getLast().job();
    assertThat(job.state().status()).isEqualTo(JobStatus.QUEUED);
    assertThat(job.emergency()).contains("the shop is down");
    assertThat(bench.store.approvals().byJob(job.id())).isEmpty();
    assertThat(bench.store.wanted("emergency:" + job.id()))
        .hasValueSatisfying(shown -> {
          assertThat(shown.channel()).isEqualTo("C9");
          assertThat(shown.toString()).contains("the shop is down");
        });
    assertThat(lastAudit().more().bypass()).isTrue();
  }

  @Test
  void approvalP11_anEmergencyNeedsItsOwnRightAndAReason() {
    assertThat(bench.refusal(ANN, DEPLOY + " --emergency now"))
        .startsWith("Why is this an emergency?");
    policy(request -> request.action().equals("emergency"), denied("Ask the owners."));
    assertThat(bench.refusal(ANN, EMERGENCY)).isEqualTo("Ask the owners.");
    policy(request -> request.action().equals("codeupdate"), denied("Nobody deploys."));
    assertThat(bench.refusal(ANN, EMERGENCY))
        .as("it goes round approvals, not round the rules")
        .isEqualTo("Nobody deploys.");
    bench.policy = request -> allowed();
    bench.everybody.is(ANN, "ann", Person.Kind.EXTERNAL);
    assertThat(bench.refusal(ANN, EMERGENCY)).startsWith("Only members of this workspace");
    assertThat(
            bench.says(ANN, EMERGENCY, CommandRequest.Manner.SCHEDULED)
                instanceof CommandResult.Refused)
        .isTrue();
  }

  @Test
  void approvalP11_withoutASectionForItThereIsNoEmergency() {
    Command codeupdate = bench.commands.registry().find("codeupdate").orElseThrow();
    Step<Authorised> step =
        new Emergencies(false, bench, bench.clock)
            .apply(
                new Authorised(
                    new ParsedCommand(
                        PipelineBench.asked(EMERGENCY),
                        bench.everybody.person(ANN),
                        codeupdate,
                        new Invocation(
                            new Arguments(Map.of("emergency", List.of("the shop is down"))),
                            EMERGENCY),
                        Optional.empty(),
                        false),
                    List.of("r1"),
                    "hash-1",
                    ApprovalRequirements.NONE,
                    Optional.empty()));
    assertThat(step)
        .isInstanceOfSatisfying(
            Step.End.class,
            end -> assertThat(end.ending().toString()).contains("Emergencies are disabled"));
  }
}
