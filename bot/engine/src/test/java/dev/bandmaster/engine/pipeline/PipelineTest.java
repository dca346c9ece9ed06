package dev.bandmaster.engine.pipeline;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.engine.pipeline.PipelineBench.PERSON;
import static dev.bandmaster.engine.pipeline.PipelineBench.asked;
import static dev.bandmaster.engine.pipeline.PipelineBench.denied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.acl.Approval;
import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Principal;
import dev.bandmaster.acl.Request;
import dev.bandmaster.acl.Targets;
import dev.bandmaster.acl.Who;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.engine.view.JobRenderer;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.NodePublicKey;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.plugin.Rollout;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class PipelineTest {
  private static final Random RANDOM = new Random(11);

  private static final Logger LOG = LoggerFactory.getLogger(PipelineTest.class);
  private static final String FAULT = "Internal error, nothing was done.";

  @RegisterExtension private final PipelineBench bench = new PipelineBench();

  private Job opened(String text) {
    return switch (bench.run(text).ending()) {
      case CommandResult.Opened(Job job, var _, var _) -> job;
      case CommandResult.Refused refused -> throw new AssertionError(refused.reason());
      case CommandResult.Answered answered -> throw new AssertionError(answered.toString());
    };
  }

  private String answer(String text) {
    return switch (bench.run(text).ending()) {
      case CommandResult.Answered answered -> answered.toString();
      case CommandResult.Refused refused -> throw new AssertionError(refused.reason());
      case CommandResult.Opened opened -> throw new AssertionError(opened.toString());
    };
  }

  @Test
  void aCommandBecomesAJob() {
    Job job = opened("deploy staging web --version 1.4.2");
    assertThat(job.command()).isEqualTo("codeupdate");
    assertThat(job.canonical()).isEqualTo("codeupdate staging web version=1.4.2");
    assertThat(job.asker()).isEqualTo(ANN);
    assertThat(job.groups()).containsExactly("S1");
    assertThat(job.place()).isEqualTo(THREAD);
    assertThat(job.work().reach()).isEqualTo(new Planned.Reach.Frozen(List.of("web1", "web2")));
    assertThat(job.state().status()).isEqualTo(JobStatus.QUEUED);
    assertThat(job.patience()).isEqualTo(Duration.ofMinutes(15));
    assertThat(opened("ping").patience()).isEqualTo(Duration.ofSeconds(5));
    assertThat(opened("adhoc staging web1 uptime").patience()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void theAuditSaysWhoWantedWhatAndWhatBecameOfIt() {
    var audit = bench.run("ping   web1").audit().getFirst();
    assertThat(audit.principal()).isEqualTo("slack:T1:U1");
    assertThat(audit.channel()).isEqualTo("C1");
    assertThat(audit.raw()).isEqualTo("ping   web1");
    assertThat(audit.action()).isEqualTo("ping");
    assertThat(audit.decision()).isEqualTo("allowed");
    assertThat(audit.rules()).isEqualTo("r1");
    assertThat(audit.policy()).isEqualTo("hash-1");

    assertThat(bench.run("status").audit().getFirst().decision()).isEqualTo("answered");
    assertThat(bench.run("lock staging demo").audit().getFirst().decision()).isEqualTo("done");
    assertThat(bench.run("nonsense").audit().getFirst().decision()).isEqualTo("refused");
    bench.policy = request -> denied("No rule allows it. Ask bob.");
    var denial = bench.run("ping").audit().getFirst();
    assertThat(denial.decision()).isEqualTo("denied");
    assertThat(denial.reason()).isEqualTo("No rule allows it. Ask bob.");
    assertThat(denial.action()).isEqualTo("ping");
    assertThat(denial.rules()).isEqualTo("d1");
    assertThat(denial.policy()).isEqualTo("hash-1");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("", "To list what you can use: `help`."),
        Arguments.of("   \n\t ", "To list what you can use"),
        Arguments.of("x".repeat(40_000), "The command has 40,000 characters; at most"),
        Arguments.of("\0\1\2\u007f", "Unknown command '\0\1\2\u007f'."),
        Arguments.of("say \"hello", "The quote \" at character 5 is never closed."),
        Arguments.of("reboot", "Unknown command 'reboot'. To list what you can use: `help`."),
        Arguments.of("PNIG web1", "Unknown command 'PNIG'. Did you mean 'ping'?"),
        Arguments.of("deplyo staging web", "Did you mean 'deploy'?"),
        Arguments.of(
            "codeupdate --dry-run",
            "<env> is missing: where. Usage: `codeupdate <env> <app> [version=…]"),
        Arguments.of("codeupdate staging", "<app> is missing: what."),
        Arguments.of("codeupdate stagign web", "no environment 'stagign'. Did you mean 'staging'?"),
        Arguments.of(
            "codeupdate moon web", "There is no environment 'moon'. There is prod, staging."),
        Arguments.of("codeupdate staging shop", "There is no application 'shop'. There is web."),
        Arguments.of("codeupdate staging web version=../../etc", "'../../etc' is not a version"),
        Arguments.of(
            "codeupdate staging web version=9.9", "There is no release 9.9 of web for staging."),
        Arguments.of("codeupdate prod web", "No node in prod has web"),
        Arguments.of("codeupdate staging web --canary", "--canary needs a value."),
        Arguments.of(
            "codeupdate staging web --canary one",
            "'one' is not a number of nodes. Use canary=3 or canary=25%."),
        Arguments.of("codeupdate staging web batch=101%", "'101%' is not a number of nodes"),
        Arguments.of("codeupdate staging web batch=-1", "'-1' is not a number of nodes"),
        Arguments.of("codeupdate staging web batch=2.5", "'2.5' is not a number of nodes"),
        Arguments.of(
            "codeupdate staging web max-failures=9999999", "'9999999' is not a number of nodes"),
        Arguments.of(
            "codeupdate staging web --pause 5", "'5' is not a duration. Use 30s, 10m, 2h or 1d."),
        Arguments.of("codeupdate staging web --cannary 1", "Did you mean --canary?"),
        Arguments.of("codeupdate staging web --max-failure 1", "Did you mean --max-failures?"),
        Arguments.of("rollback staging web", "No earlier version of web in staging is known"),
        Arguments.of("rollback staging web --pause 5m", "There is no option --pause."),
        Arguments.of(
            "adhoc staging web1 uptme", "There is no module 'uptme'. Did you mean 'uptime'?"),
        Arguments.of("adhoc staging web1 " + "y".repeat(1_500), "There is no module 'yyyy"),
        Arguments.of("ping " + "z".repeat(1_500), "<filter> is longer than 1,000 characters."),
        Arguments.of("ping nobody*", "No node matches 'nobody*'. To list nodes: `discover`"),
        Arguments.of("ping (web1", "The filter '(web1' is invalid at character"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void trap14_badInputGetsAClearSentence(String text, String sentence) {
    assertThat(bench.refusal(text)).contains(sentence).hasSizeLessThan(1_500);
    assertThat(bench.store.committed(Change.CreateJob.class)).isEmpty();
  }

  @Test
  void trap14_randomInputIsAnsweredAndNeverAFault() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    LOG.info("Random input with -Dtest.seed={}", seed);
    Random random = new Random(seed);
    List<String> parts =
        List.of(
            "ping",
            "codeupdate",
            "adhoc",
            "discover",
            "help",
            "why",
            "fleet",
            "accept",
            "rollback",
            "jobs",
            "job",
            "81",
            "pause",
            "cancel",
            "retry",
            "undo",
            "history",
            "where",
            "lock",
            "unlock",
            "schedule",
            "2h",
            "--for",
            "--canary",
            "25%",
            "unschedule",
            "staging",
            "web",
            "web1",
            "version=",
            "--",
            "--dry-run",
            "facts=",
            "uptime",
            "\"",
            "'",
            "\\",
            "(",
            ")",
            "and",
            "or",
            "not",
            "=",
            "*",
            ",",
            "\0",
            "\ud83d",
            "é",
            "$(id)",
            "<@U1>");
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(8);
      for (int part = 0; part < length; part++) {
        text.append(parts.get(random.nextInt(parts.size())))
            .append(random.nextInt(3) == 0 ? "" : " ");
      }
      if (bench.run(text.toString()).ending() instanceof CommandResult.Refused refused) {
        assertThat(refused.reason()).as("seed %d: %s", seed, text).doesNotStartWith(FAULT);
      }
    }
  }

  @Test
  void trap23_aSuggestionIsAWholeCommand() {
    assertThat(bench.run("pnig \"web 1\" x").ending())
        .isInstanceOfSatisfying(
            CommandResult.Refused.class,
            refused -> assertThat(refused.suggestions()).containsExactly("ping \"web 1\" x"));
  }

  @Test
  void trap23_aSuggestionIsOnlyMadeAmongWhatTheAskerMayUse() {
    bench.mayEver = action -> !action.equals("ping");
    assertThat(bench.refusal("pnig"))
        .isEqualTo("Unknown command 'pnig'. To list what you can use: `help`.");
    assertThat(bench.refusal("discovr")).contains("Did you mean 'discover'?");
  }

  @ParameterizedTest
  @MethodSource("prying")
  void aclC10_whoMayNotUseACommandLearnsNothingOfItsValues(String text) {
    bench.mayEver = action -> action.equals("help");
    bench.policy = request -> denied("No rule allows it. Ask bob.");
    assertThat(bench.refusal(text))
        .doesNotContain("staging")
        .doesNotContain("prod")
        .doesNotContain("uptime")
        .doesNotContain("dry-run")
        .doesNotContain("web1");
  }

  static Stream<String> prying() {
    return Stream.of(
        "codeupdate moon web",
        "codeupdate stagin web",
        "codeupdate",
        "codeupdate --dryrun",
        "adhoc x y uptme",
        "ping (((",
        "ping nobody");
  }

  @Test
  void aclC10_rightsAreAskedBeforeAnythingIsLookedUp() {
    bench.policy = request -> denied("No rule allows it. Ask bob.");
    assertThat(bench.refusal("ping nobody*")).isEqualTo("No rule allows it. Ask bob.");
    assertThat(bench.refusal("broken")).isEqualTo("No rule allows it. Ask bob.");
  }

  @Test
  void aclC10_theQuestionIsMadeOfIds() {
    opened("adhoc staging web1 service web status");
    Request question = bench.questions.getFirst();
    assertThat(question.principal())
        .isEqualTo(Principal.of("T1", "U1", Set.of("S1"), Principal.Kind.MEMBER));
    assertThat(question.channel().id()).isEqualTo("C1");
    assertThat(question.action()).isEqualTo("adhoc:service");
    assertThat(question.env()).isEqualTo("staging");
    assertThat(question.arguments()).containsEntry("args", "web status");
    assertThat(question.time()).isEqualTo(NOON);
  }

  @ParameterizedTest
  @EnumSource(Person.Kind.class)
  void aclC8_thePolicyKnowsWhatSortOfAccountAsks(Person.Kind kind) {
    bench.people = sender -> new Directory.Known(new Person(sender, "eve", kind, Set.of()));
    bench.policy =
        request ->
            request.principal().kind() == Principal.Kind.MEMBER
                ? PipelineBench.allowed()
                : denied("People of other organisations have no rights here.");
    CommandResult ending = bench.run("ping").ending();
    assertThat(bench.questions.getFirst().principal().kind().name()).isEqualTo(kind.name());
    assertThat(ending instanceof CommandResult.Opened).isEqualTo(kind == Person.Kind.MEMBER);
  }

  @Test
  void aclC8_thePolicyKnowsThatOthersReadAlong() {
    bench.pipeline.run(
        asked(
            "ping",
            new ConversationRef("C2", ConversationRef.Kind.SHARED_CHANNEL, Optional.empty())));
    assertThat(bench.questions.getFirst().channel().externallyShared()).isTrue();
    bench.questions.clear();
    bench.pipeline.run(
        asked("ping", new ConversationRef("D1", ConversationRef.Kind.DIRECT, Optional.empty())));
    assertThat(bench.questions.getFirst().channel().direct()).isTrue();
  }

  @Test
  void aPolicyThatThrowsDenies() {
    bench.policy =
        request -> {
          throw new IllegalStateException("the policy is broken");
        };
    assertThat(bench.refusal("ping")).startsWith(FAULT).contains("inbox-1");
    assertThat(bench.run("ping").audit().getFirst().decision()).isEqualTo("denied");
    bench.mayEver =
        action -> {
          throw new IllegalStateException("the policy is broken");
        };
    assertThat(bench.refusal("pnig")).startsWith(FAULT);
  }

  @Test
  void aPolicyThatThrowsTheSecondTimeDenies() {
    bench.policy =
        request -> {
          if (request.targets().isPresent()) {
            throw new IllegalStateException("the policy is broken");
          }
          return PipelineBench.allowed();
        };
    assertThat(bench.refusal("ping")).startsWith(FAULT);
  }

  @Test
  void whoCannotBeIdentifiedIsRefused() {
    bench.people = sender -> new Directory.Unknown("Slack does not answer.");
    assertThat(bench.refusal("ping"))
        .isEqualTo(
            "Nothing was done: I cannot look up who you are. Slack does not answer. Try again in a"
                + " minute. If it persists, tell the bot's operators.");
    bench.people =
        sender -> {
          throw new IllegalStateException("no directory");
        };
    assertThat(bench.refusal("ping")).startsWith(FAULT);
    assertThat(bench.questions).isEmpty();
  }

  @Test
  void trap9_aPluginsFaultIsNoSuccess() {
    assertThat(bench.refusal("broken")).startsWith(FAULT);
  }

  @Test
  void aclC11_thePolicyIsAskedAgainOnceTheNodesAreKnown() {
    bench.policy =
        request ->
            request.targets().map(Targets::count).orElse(0) > 2
                ? denied("At most 2 nodes. Ask bob.")
                : PipelineBench.allowed();
    opened("ping web*");
    assertThat(bench.questions.get(1).targets()).contains(new Targets(2, 3, true));
    bench.questions.clear();
    assertThat(bench.refusal("ping")).isEqualTo("At most 2 nodes. Ask bob.");
    assertThat(bench.questions.get(1).targets()).contains(new Targets(3, 3, false));
  }

  @Test
  void whatNeedsApprovalIsNotDoneWithoutIt() {
    bench.policy =
        request ->
            new Decision.NeedsApproval(
                "It needs bob.",
                List.of("a1"),
                "hash-1",
                List.of(approval()),
                false,
                OptionalInt.empty());
    for (String command : List.of("ping", "codeupdate staging web")) {
      assertThat(bench.refusal(command))
          .as(command)
          .startsWith("Nothing was requested: this needs ");
    }
    for (String command : List.of("discover", "status", "fleet accept web9")) {
      assertThat(bench.refusal(command))
          .as(command)
          .startsWith("Nothing was done: a rule requires approval");
    }
    assertThat(answer("codeupdate staging web --dry-run")).contains("Dry run, nothing was done");
  }

  private static Approval approval() {
    return Approval.of(new Who(true, Set.of(), Set.of(), Set.of(), List.of("*")), 1);
  }

  @Test
  void aDryRunShowsThePlanAndStopsThere() {
    String plan = answer("codeupdate staging web --dry-run");
    assertThat(plan)
        .contains("codeupdate staging web version=1.10.0")
        .contains("web[1-2]")
        .contains("b".repeat(64));
    assertThat(bench.store.jobs().unfinished("bot-1")).isEmpty();
  }

  @Test
  void aRolloutHasItsStepsAndItsLimits() {
    Job job =
        opened(
            "codeupdate staging web version=1.4.2 --canary 1 --batch 25% --pause 5m"
                + " --max-failures 10%");
    assertThat(job.canonical())
        .isEqualTo(
            "codeupdate staging web version=1.4.2 canary=1 batch=25% pause=5m max-failures=10%");
    assertThat(job.state().steps())
        .extracting(Wave::nodes)
        .containsExactly(List.of("web1"), List.of("web2"));
    assertThat(job.rules().pause()).isEqualTo(Duration.ofMinutes(5));
    assertThat(job.rules().failures()).as("of two nodes").isZero();
    assertThat(answer("codeupdate staging web --canary 1 --dry-run"))
        .contains("batch 1 of 2: web1")
        .contains("web[1-2]: 1.4.1 → 1.10.0");
  }

  @Test
  void whatTheRulesAllowOnSomeNodesAtATimeIsDoneInSteps() {
    bench.policy = request -> PipelineBench.atMost(1);
    assertThat(opened("codeupdate staging web").state().steps())
        .extracting(Wave::nodes)
        .containsExactly(List.of("web1"), List.of("web2"));
    assertThat(opened("codeupdate staging web --canary 2").state().steps()).hasSize(2);
    assertThat(bench.refusal("ping web*"))
        .isEqualTo("This would run on 2 nodes at once; the rules allow 1. Name fewer nodes.");
    assertThat(opened("ping web1").work().reach().nodes()).containsExactly("web1");
  }

  @Test
  void aVersionComesToProdOnlyAfterItHasRunInStaging() {
    bench.join("web7", "prod");
    String sentence =
        "web 1.4.2 has not run in staging yet, which prod requires. First run `codeupdate staging web version=1.4.2`.";
    assertThat(bench.refusal("codeupdate prod web version=1.4.2")).isEqualTo(sentence);
    assertThat(bench.refusal("codeupdate prod web version=9.9"))
        .as("nobody is sent to staging with a release that does not exist")
        .startsWith("There is no release 9.9 of web for prod.");
    Job tried = SampleJobs.rollout(1, Rollout.AT_ONCE, "web1");
    tried = SampleJobs.after(tried, NOON, new JobEvent.SlotTaken());
    bench.store.commit(new Change.CreateJob(ended(tried, FinalCode.FAILED), "bot-1"));
    assertThat(bench.refusal("codeupdate prod web version=1.4.2")).isEqualTo(sentence);
    Job done = SampleJobs.rollout(2, Rollout.AT_ONCE, "web1");
    done = SampleJobs.after(done, NOON, new JobEvent.SlotTaken());
    bench.store.commit(new Change.CreateJob(ended(done, FinalCode.OK), "bot-1"));
    assertThat(opened("codeupdate prod web version=1.4.2").work().reach().nodes())
        .containsExactly("web7");
  }

  private static Job ended(Job job, FinalCode code) {
    return SampleJobs.after(
        job, NOON, SampleJobs.said(job.id(), "web1", "boot", 9, SampleJobs.end(code, "")));
  }

  @Test
  void rollbackGoesToTheLastGoodVersionThatDoesNotRunNow() {
    for (int number = 1; number <= 2; number++) {
      Job job = SampleJobs.rollout(number, Rollout.AT_ONCE, "web1");
      job = SampleJobs.after(job, NOON, new JobEvent.SlotTaken());
      bench.store.commit(new Change.CreateJob(ended(job, FinalCode.OK), "bot-1"));
    }
    Job back = opened("rollback staging web");
    assertThat(back.work().title()).isEqualTo("rollback staging web version=1.4.2");
    assertThat(back.patience()).isEqualTo(Duration.ofMinutes(15));
    assertThat(opened("rollback staging web version=1.3 --batch 1").state().steps()).hasSize(2);
  }

  @Test
  void helpShowsOnlyWhatTheAskerMayUse() {
    bench.mayEver = action -> Set.of("ping", "help").contains(action);
    assertThat(answer("help")).contains("ping [filter…]").doesNotContain("codeupdate");
    assertThat(answer("help codeupdate")).contains("You cannot use the command 'codeupdate' here.");
    assertThat(answer("help pnig")).contains("Did you mean 'ping'?");
    bench.mayEver = action -> true;
    assertThat(answer("help deploy")).contains("also: deploy").contains("[version=…]");
  }

  @Test
  void helpIsOneParagraphForEachTopic() {
    assertThat(bench.answer("help").lines())
        .containsSubsequence(
            "Nodes and applications",
            "ping [filter…]  pings nodes and shows how long each took",
            "codeupdate <env> <app> [options]  deploys a version of an application",
            "Jobs",
            "retry <job> [options]  runs a job again, or only on its failed nodes",
            "Locks",
            "lock <env> [app] [reason…] [options]  blocks deploys by others",
            "Schedules",
            "Other");
    assertThat(bench.run("help").ending())
        .isInstanceOfSatisfying(
            CommandResult.Answered.class,
            answered -> assertThat(answered.message().blocks()).hasSizeLessThan(10));
  }

  @Test
  void whatRepeatsOtherWorkIsListedForThoseWhoMayDoThatWork() {
    bench.mayEver = action -> Set.of("job", "help").contains(action);
    assertThat(bench.answer("help")).contains("retry <job>").doesNotContain("undo <job>");
    bench.mayEver = action -> Set.of("rollback", "help").contains(action);
    assertThat(bench.answer("help")).contains("undo <job>").doesNotContain("retry <job>");
  }

  @Test
  void whyShowsTheRuleAndRunsNothing() {
    assertThat(answer("why codeupdate prod web"))
        .contains("codeupdate prod web")
        .contains("The rule r1 allows it.")
        .contains("decided by r1");
    assertThat(answer("why")).contains("Which command?");
    assertThat(answer("why nonsense")).contains("Unknown command 'nonsense'.");
    assertThat(answer("why codeupdate")).contains("<env> is missing");
    assertThat(answer("why adhoc")).contains("<env> is missing");
  }

  @Test
  void whoamiShowsWhoTheRulesTakeOneFor() {
    assertThat(answer("whoami"))
        .contains(PERSON.name())
        .contains("slack:T1:U1")
        .contains("a member")
        .contains("S1");
  }

  @Test
  void statusShowsItsLines() {
    assertThat(answer("status")).contains("bus").contains("connected");
  }

  @Test
  void fleetSaysWhatItNeeds() {
    assertThat(answer("fleet pending")).contains("No node is waiting to join.");
    assertThat(answer("fleet accept")).contains("Code[text=fleet accept <node>]");
    assertThat(answer("fleet accept web9")).contains("'web9' is not waiting to join.");
    assertThat(answer("fleet reject web9")).contains("'web9' is not waiting to join.");
    assertThat(answer("fleet forget web9")).contains("There is no trusted node 'web9'.");
    assertThat(bench.refusal("fleet acept web9")).contains("Did you mean 'accept'?");
  }

  @Test
  void trustT3_fleetShowsTheKeysAndAcceptsOnlyTheOneThatIsNamed() {
    NodePublicKey key = new NodePublicKey("AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE");
    NodePublicKey other = new NodePublicKey("ZbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE");
    var _ = bench.enrolments.ask(asks("web9", key));
    assertThat(answer("fleet accept web9"))
        .contains(key.fingerprint())
        .contains("Button[")
        .contains("fleet accept web9 " + key.fingerprint());
    assertThat(bench.enrolments.keyOf("web9")).isEmpty();
    var _ = bench.enrolments.ask(asks("web9", other));
    assertThat(answer("fleet accept web9"))
        .contains("Conflict: 2 keys")
        .contains(other.fingerprint())
        .doesNotContain("Button[");
    assertThat(answer("fleet pending")).contains("conflict: 2 keys");
    assertThat(answer("fleet accept web9 ffff-ffff")).contains("shows no key with the fingerprint");
    assertThat(answer("fleet accept web9 " + key.fingerprint())).contains("web9 is accepted");
    assertThat(bench.enrolments.keyOf("web9")).contains(key);
    var _ = bench.enrolments.ask(asks("web9", other));
    assertThat(answer("fleet pending"))
        .contains("already in under key " + key.fingerprint() + "; accepting replaces it");
    assertThat(answer("fleet accept web9 " + other.fingerprint()))
        .contains("already in under key")
        .contains("fleet replace web9 " + other.fingerprint());
    assertThat(answer("fleet replace web9 " + other.fingerprint())).contains("web9 is accepted");
    assertThat(bench.enrolments.keyOf("web9")).contains(other);
    var _ = bench.enrolments.ask(asks("rogue1", key));
    var _ = bench.enrolments.ask(asks("rogue2", key));
    assertThat(answer("fleet reject rogue*")).contains("2 nodes are rejected: rogue1, rogue2");
  }

  @Test
  void trustT4_manyNodesAreShownAndAcceptedWithOneAnswer() {
    List<NodePublicKey> keys = Stream.generate(PipelineTest::key).limit(30).toList();
    for (int i = 0; i < keys.size(); i++) {
      var _ = bench.enrolments.ask(asks("web" + (10 + i), keys.get(i)));
    }
    var _ = bench.enrolments.ask(asks("db9", key()));
    var _ = bench.enrolments.ask(asks("web99", key()));
    var _ = bench.enrolments.ask(asks("web99", key()));

    String shown = answer("fleet accept web*");

    keys.forEach(key -> assertThat(shown).contains(key.fingerprint()));
    assertThat(shown).contains("Accept all 30").doesNotContain("db9").doesNotContain("web99");
    String button = shown.replaceAll("(?s).*(fleet accept web\\* all:[0-9a-f]+).*", "$1");
    assertThat(bench.enrolments.keyOf("web10")).as("nothing before the answer").isEmpty();
    assertThat(answer(button)).contains("30 nodes are accepted: web10", "and 20 more");
    for (int i = 0; i < keys.size(); i++) {
      assertThat(bench.enrolments.keyOf("web" + (10 + i))).contains(keys.get(i));
    }
    assertThat(bench.enrolments.keyOf("db9")).isEmpty();
    assertThat(bench.enrolments.keyOf("web99")).as("a conflict").isEmpty();
  }

  @Test
  void trustT4_whatArrivedAfterTheListWasShownIsNotAccepted() {
    var _ = bench.enrolments.ask(asks("web10", key()));
    String button =
        answer("fleet accept web*").replaceAll("(?s).*(fleet accept web\\* all:[0-9a-f]+).*", "$1");
    var _ = bench.enrolments.ask(asks("web11", key()));
    assertThat(answer(button)).contains("nothing was accepted");
    assertThat(bench.enrolments.keyOf("web10")).isEmpty();
    assertThat(bench.enrolments.keyOf("web11")).isEmpty();
    assertThat(answer("fleet accept env=staging")).contains("Accept all 2");
    assertThat(answer("fleet accept prod*")).contains("is not waiting to join");
  }

  private static NodePublicKey key() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return new NodePublicKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static Enrolment asks(String node, NodePublicKey key) {
    return new Enrolment(new EventStamp(node, "staging", "boot", 1, 1, NOON), key);
  }

  static Stream<String> plans() {
    return Stream.of(
        "codeupdate staging web version=1.4.2",
        "codeupdate staging web version=1.4.2 --dry-run",
        "codeupdate staging web",
        "rollback staging web version=1.4.0",
        "rollback staging web version=1.4.0 --dry-run",
        "adhoc staging web* uptime",
        "adhoc staging web4 uptime",
        "ping",
        "ping web*",
        "ping env=staging",
        "discover",
        "discover web4",
        "discover --live");
  }

  @ParameterizedTest
  @MethodSource("plans")
  void trustT29_everyPlanNamesTheKnownNodeThatItLeavesOut(String command) {
    bench.store.commit(
        new Change.TrustNode(
            "web4",
            new NodePublicKey("AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE"),
            bench.clock.instant()));
    String sentence = "web4 is left out: it has not described itself yet.";
    switch (bench.run(command).ending()) {
      case CommandResult.Refused refused -> assertThat(refused.reason()).contains(sentence);
      case CommandResult.Answered answered -> assertThat(answered.toString()).contains(sentence);
      case CommandResult.Opened opened -> {
        assertThat(opened.job().work().leftOut()).containsExactly("web4");
        assertThat(
                new JobRenderer(name -> Presenter.PLAIN)
                    .draw(opened.job(), Optional.empty())
                    .message()
                    .toString())
            .contains(sentence);
      }
    }
  }

  @Test
  void trustT29_whoCannotBelongToAPlanIsNotNamed() {
    bench.store.commit(
        new Change.TrustNode(
            "web4",
            new NodePublicKey("AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE"),
            bench.clock.instant()));
    assertThat(opened("ping db1").work().leftOut()).isEmpty();
    assertThat(opened("adhoc staging web1 uptime").work().leftOut()).isEmpty();
  }
}
