package dev.bandmaster.engine.pipeline;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.core.job.SampleJobs.end;
import static dev.bandmaster.core.job.SampleJobs.said;
import static dev.bandmaster.engine.pipeline.PipelineBench.denied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bandmaster.acl.Approval;
import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Requirement;
import dev.bandmaster.acl.Who;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEffect.Keep;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobMachine;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.plugin.Rollout.Size;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands about jobs, from the typed words to what is kept of them. */
class JobCommandsTest {
  private static final Rollout STEPS =
      new Rollout(
          new Size(1, false), new Size(1, false), Duration.ZERO, Size.NONE, Optional.empty());

  @RegisterExtension private final PipelineBench bench = new PipelineBench();

  /** How far a job has come when somebody wants something of it. */
  enum Situation {
    QUEUED,
    RUNNING,
    LAST_BATCH,
    PAUSING,
    PAUSED,
    STOPPING,
    SUCCEEDED,
    PARTLY_FAILED,
    CANCELLED
  }

  private static JobEvent ends(Job job, String node, FinalCode code) {
    return said(wave(job, node), node, "boot", 9, end(code, "said so"));
  }

  private static String wave(Job job, String node) {
    return Objects.requireNonNull(job.state().nodes().get(node)).request();
  }

  /** Job 81, a deploy to web1 and then to web2, in a situation. */
  private Job job81(Situation situation) {
    Job job = SampleJobs.rollout(81, STEPS, "web1", "web2");
    Job begun = SampleJobs.after(job, NOON, new JobEvent.SlotTaken());
    Job running = SampleJobs.after(begun, NOON, new JobEvent.Dispatched(job.id(), List.of()));
    Job first = SampleJobs.after(running, NOON, ends(running, "web1", FinalCode.OK));
    Job there =
        switch (situation) {
          case QUEUED -> job;
          case RUNNING -> running;
          case LAST_BATCH -> first;
          case PAUSING -> SampleJobs.after(running, NOON, new JobEvent.Pause("Bob"));
          case PAUSED -> SampleJobs.after(running, NOON, ends(running, "web1", FinalCode.FAILED));
          case STOPPING -> SampleJobs.after(running, NOON, new JobEvent.Cancel("Bob", "stop"));
          case SUCCEEDED -> SampleJobs.after(first, NOON, ends(first, "web2", FinalCode.OK));
          case PARTLY_FAILED ->
              SampleJobs.after(first, NOON, ends(first, "web2", FinalCode.FAILED));
          case CANCELLED -> SampleJobs.after(job, NOON, new JobEvent.Cancel("Bob", "stop"));
        };
    return keep(there);
  }

  private Job keep(Job job) {
    bench.store.commit(new Change.CreateJob(job, "bot-1"));
    return job;
  }

  @ParameterizedTest(name = "{1} a job that is {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          RUNNING       | pause 81          | Job 81 pauses after this batch.
          PAUSING       | resume 81         | Job 81 continues.
          PAUSED        | resume 81         | Job 81 continues.
          QUEUED        | cancel 81         | Job 81 is cancelled.
          RUNNING       | cancel 81         | Job 81 is being cancelled. Its message shows the result of each node.
          PAUSED        | abort 81          | Job 81 is cancelled.
          PAUSED        | retry 81          | The failed node web1 of job 81 runs the work again; then the job continues.
          PAUSED        | retry 81 --failed | The failed node web1 of job 81 runs the work again; then the job continues.
          """)
  void anOrderIsKeptForTheReplicaThatAdvancesTheJob(
      Situation situation, String text, String sentence) {
    Job job = job81(situation);
    assertThat(bench.answer(text)).isEqualTo(sentence);
    assertThat(bench.store.jobs().pendingOrders("bot-1"))
        .singleElement()
        .satisfies(pending -> {
          assertThat(pending.job()).isEqualTo(job.id());
          assertThat(pending.order().by()).isEqualTo("ann");
        });
  }

  @ParameterizedTest(name = "{1} a job that is {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          QUEUED        | pause 81          | Job 81 has not started. To cancel it: `cancel 81`. To request it again later: `retry 81`.
          LAST_BATCH    | pause 81          | Job 81 has no more batches to pause. To stop it: `cancel 81`.
          PAUSING       | pause 81          | Job 81 already pauses after this batch.
          PAUSED        | pause 81          | Job 81 is already paused. To continue: `resume 81`.
          SUCCEEDED     | pause 81          | Job 81 has ended: succeeded.
          QUEUED        | resume 81         | Job 81 is not paused.
          RUNNING       | resume 81         | Job 81 is not paused.
          PARTLY_FAILED | resume 81         | Job 81 has ended: partly failed.
          STOPPING      | cancel 81         | Job 81 is already being cancelled.
          CANCELLED     | cancel 81         | Job 81 has ended: cancelled.
          QUEUED        | retry 81          | Job 81 is still running. To stop it: `cancel 81`.
          RUNNING       | retry 81 --failed | Job 81 is still running. To stop it: `cancel 81`.
          SUCCEEDED     | retry 81 --failed | No node failed in job 81.
          RUNNING       | undo 81           | Job 81 is still running. To undo it, first run `cancel 81`.
          CANCELLED     | undo 81           | Job 81 changed nothing, so there is nothing to undo. To go back further:
          RUNNING       | cancel 82         | There is no job 82. To list jobs: `jobs`.
          RUNNING       | cancel x          | 'x' is not a number. To list them: `jobs`.
          RUNNING       | cancel            | Which job? Give its number, as in `cancel 81`, or type `cancel` in the job's thread. To list them: `jobs`. Usage: `cancel <job>`
          RUNNING       | cancel 81 now     | 'now' is one argument too many. Usage: `cancel <job>`
          RUNNING       | retry 81 --faild  | There is no option --faild. Did you mean --failed? Usage: `retry <job> [--failed]`
          """)
  void anOrderThatMakesNoSenseIsAnsweredWithWhatDoes(
      Situation situation, String text, String sentence) {
    job81(situation);
    assertThat(bench.refusal(text)).isEqualTo(sentence);
    assertThat(bench.store.jobs().pendingOrders("bot-1")).isEmpty();
  }

  @Test
  void aPausedJobWhereNothingFailedHasNothingToRetry() {
    Job job = SampleJobs.rollout(81, STEPS, "web1", "web2");
    job = SampleJobs.after(job, NOON, new JobEvent.SlotTaken());
    job = SampleJobs.after(job, NOON, new JobEvent.Pause("Bob"));
    keep(SampleJobs.after(job, NOON, ends(job, "web1", FinalCode.OK)));
    assertThat(bench.refusal("retry 81"))
        .isEqualTo("No node has failed in job 81 so far. To continue: `resume 81`.");
  }

  @Test
  void twoPeopleWantDifferentThingsAndBothAreKeptInTheirOrder() {
    job81(Situation.RUNNING);
    bench.answer("pause 81");
    bench.clock.advance(Duration.ofMillis(1));
    bench.answer("cancel 81");
    bench.answer("cancel 81");
    assertThat(bench.store.jobs().pendingOrders("bot-1"))
        .extracting(Jobs.PendingOrder::order)
        .hasSize(3)
        .first()
        .isInstanceOf(JobEvent.Pause.class);
  }

  @Test
  void anOrderThatReachesAJobAfterItsEndChangesNothing() {
    Job ended = job81(Situation.SUCCEEDED);
    for (JobEvent order :
        List.of(
            new JobEvent.Pause("Bob"),
            new JobEvent.Resume("Bob"),
            new JobEvent.RetryFailed("Bob", List.of("again")),
            new JobEvent.Cancel("Bob", "stop"))) {
      assertThat(SampleJobs.after(ended, NOON, order)).isEqualTo(ended);
    }
  }

  // --- Again, and back ---

  @Test
  void retryDoesTheSameOnceMore() {
    Job before = job81(Situation.PARTLY_FAILED);
    Job all = bench.opened("retry 81");
    assertThat(all.work().reach()).isEqualTo(before.work().reach());
    assertThat(all.work().title()).isEqualTo(before.work().title());
    assertThat(all.work().rollout()).isEqualTo(before.work().rollout());
    assertThat(all.canonical()).isEqualTo("retry 81");
    assertThat(all.command()).as("in whose words it is shown").isEqualTo("codeupdate");
    Job failed = bench.opened("retry 81 --failed");
    assertThat(failed.work().reach()).isEqualTo(new Planned.Reach.Frozen(List.of("web2")));
    assertThat(failed.work().title())
        .isEqualTo("codeupdate staging web version=1.4.2 (where job 81 failed)");
    assertThat(failed.right()).isEqualTo(new Right("codeupdate", "staging", "web"));
  }

  @Test
  void retryNeedsTheRightThatTheJobNeeded() {
    job81(Situation.PARTLY_FAILED);
    bench.policy =
        request ->
            request.action().equals("codeupdate")
                ? denied("You may not deploy. Ask bob.")
                : PipelineBench.allowed();
    assertThat(bench.refusal("retry 81")).isEqualTo("You may not deploy. Ask bob.");
    assertThat(bench.refusal("retry 81 --failed")).isEqualTo("You may not deploy. Ask bob.");
    assertThat(bench.questions.getLast().env()).isEqualTo("staging");
    assertThat(bench.questions.getLast().app()).isEqualTo("web");
  }

  @Test
  void aJobThatDoesNotExistIsNoMatterOfRights() {
    bench.policy =
        request ->
            request.env().isEmpty() ? denied("Only on staging. Ask bob.") : PipelineBench.allowed();
    for (String command : List.of("job", "pause", "resume", "cancel", "retry", "undo")) {
      assertThat(bench.refusal(command + " 99"))
          .isEqualTo("There is no job 99. To list jobs: `jobs`.");
    }
  }

  @Test
  void ordersNeedTheirRightWhereTheJobIsAtWork() {
    job81(Situation.RUNNING);
    bench.policy =
        request ->
            request.env().equals("staging") && request.app().equals("web")
                ? denied("Not on staging. Ask bob.")
                : PipelineBench.allowed();
    for (String text : List.of("job 81", "pause 81", "resume 81", "cancel 81", "undo 81")) {
      bench.questions.clear();
      assertThat(bench.refusal(text)).isEqualTo("Not on staging. Ask bob.");
      assertThat(bench.questions)
          .singleElement()
          .satisfies(asked ->
              assertThat(asked.action())
                  .isEqualTo(text.startsWith("undo") ? "rollback" : text.split(" ", 2)[0]));
    }
  }

  @Test
  void undoBringsBackWhatRanOnTheNodesThatWereTouched() {
    job81(Situation.PARTLY_FAILED);
    Job undo = bench.opened("undo 81");
    assertThat(undo.work().title()).isEqualTo("rollback staging web version=1.4.1 (undoes job 81)");
    assertThat(undo.work().action()).isEqualTo("rollback");
    assertThat(undo.work().reach().nodes()).containsExactly("web1", "web2");
    assertThat(undo.right()).isEqualTo(new Right("rollback", "staging", "web"));
    assertThat(bench.store.jobs().pendingOrders("bot-1")).isEmpty();
    assertThat(bench.questions).extracting(asked -> asked.action()).containsOnly("rollback");
  }

  @Test
  void undoEndsAPausedJobWhichItWouldWaitForOtherwise() {
    Job paused = job81(Situation.PAUSED);
    Job undo = bench.opened("undo 81");
    assertThat(undo.work().reach().nodes()).as("web2 was not begun").containsExactly("web1");
    assertThat(bench.store.jobs().pendingOrders("bot-1"))
        .singleElement()
        .satisfies(pending -> {
          assertThat(pending.job()).isEqualTo(paused.id());
          assertThat(pending.order()).isInstanceOf(JobEvent.Cancel.class);
        });
  }

  @Test
  void approvalP4_whatRetriesAPausedJobIsAskedAboutWhereARuleWantsItApproved() {
    wantsApproval("codeupdate");
    Job paused = job81(Situation.PAUSED);
    Job rest = bench.opened("retry 81");
    assertThat(rest.state().status()).isEqualTo(JobStatus.AWAITING_APPROVAL);
    assertThat(rest.work().title())
        .isEqualTo("codeupdate staging web version=1.4.2 (the rest of job 81)");
    assertThat(rest.work().reach().nodes())
        .as("the failed one, and the one that was not begun")
        .containsExactly("web1", "web2");
    assertThat(bench.store.jobs().pendingOrders("bot-1")).as("it stays paused meanwhile").isEmpty();
    assertEndsWhenLetGo(paused, rest);
  }

  @Test
  void approvalP4_whatUndoesAPausedJobEndsItOnceItIsApproved() {
    wantsApproval("rollback");
    Job paused = job81(Situation.PAUSED);
    Job undo = bench.opened("undo 81");
    assertThat(undo.state().status()).isEqualTo(JobStatus.AWAITING_APPROVAL);
    assertThat(bench.store.jobs().pendingOrders("bot-1")).as("it stays paused meanwhile").isEmpty();
    assertEndsWhenLetGo(paused, undo);
  }

  private void wantsApproval(String action) {
    bench.people = sender -> new Directory.Known(bench.everybody.person(sender));
    bench.everybody.is(ANN, "ann", Person.Kind.MEMBER);
    bench.everybody.is(new UserRef("T1", "U2"), "bob", Person.Kind.MEMBER, "S0SRE");
    Who sre = new Who(false, Set.of(), Set.of(), Set.of("S0SRE"), List.of("group sre"));
    Approval approval =
        new Approval(
            List.of(new Requirement(sre, 1)), 1, Optional.empty(), false, Optional.empty());
    bench.policy =
        request ->
            request.action().equals(action)
                ? new Decision.NeedsApproval(
                    "", List.of("r2"), "hash-2", List.of(approval), false, OptionalInt.empty())
                : PipelineBench.allowed();
  }

  private void assertEndsWhenLetGo(Job paused, Job successor) {
    bench.doing(
        new CommandRequest(
            "vote",
            new UserRef("T1", "U2"),
            THREAD,
            Optional.empty(),
            "approve " + successor.number(),
            "",
            NOON,
            CommandRequest.Manner.TYPED));
    assertThat(bench.store.jobs().pendingOrders("bot-1"))
        .extracting(pending -> pending.job(), pending -> pending.order().getClass().getSimpleName())
        .containsExactlyInAnyOrder(tuple(successor.id(), "Approved"), tuple(paused.id(), "Cancel"));
  }

  @Test
  void whatBroughtNoVersionCannotBeUndone() {
    keep(
        SampleJobs.after(
            SampleJobs.ping(5, "web1"),
            NOON,
            said(SampleJobs.ping(5, "web1").id(), "web1", "boot", 9, end(FinalCode.OK, "pong"))));
    assertThat(bench.refusal("undo 5")).isEqualTo("Only a deploy can be undone; job 5 is not one.");
  }

  @Test
  void differentVersionsBeforeAreNotUndoneInOne() {
    Job job = SampleJobs.rollout(81, Rollout.AT_ONCE, "web1", "web2");
    Planned.Work work =
        job.work()
            .changing(
                List.of(
                    new Planned.Difference(List.of("web1"), "1.4.0", "1.4.2"),
                    new Planned.Difference(List.of("web2"), "1.4.1", "1.4.2")));
    Job mixed =
        new Job(
            job.id(),
            81,
            job.command(),
            job.right(),
            job.canonical(),
            job.asker(),
            "ann",
            List.of(),
            job.place(),
            Optional.empty(),
            work,
            job.backend(),
            Optional.empty(),
            NOON,
            job.patience(),
            JobMachine.planned(job.id(), work, () -> "w", true));
    mixed = SampleJobs.after(mixed, NOON, new JobEvent.SlotTaken());
    mixed =
        SampleJobs.after(
            mixed, NOON, ends(mixed, "web1", FinalCode.OK), ends(mixed, "web2", FinalCode.OK));
    keep(mixed);
    assertThat(bench.refusal("undo 81"))
        .isEqualTo(
            "Before job 81 the nodes ran different versions. Choose one: `rollback staging web version=…`.");
  }

  @Test
  void thePolicysLimitHoldsForARetryToo() {
    job81(Situation.PARTLY_FAILED);
    bench.policy = request -> PipelineBench.atMost(1);
    assertThat(bench.opened("undo 81").state().steps())
        .extracting(Wave::nodes)
        .containsExactly(List.of("web1"), List.of("web2"));
  }

  // --- Looking ---

  @Test
  void jobsListsWhatGoesOnAndWhatHasEnded() {
    assertThat(bench.answer("jobs")).isEqualTo("No jobs yet.");
    job81(Situation.PARTLY_FAILED);
    keep(SampleJobs.ping(82, "web1"));
    bench.clock.advance(Duration.ofSeconds(90));
    assertThat(bench.answer("jobs").lines())
        .containsExactly(
            "job 82  ⏳ ping  for ann · queued · 0 of 1 nodes ok · requested 1 min 30 s ago",
            "job 81  ⚠️ codeupdate staging web version=1.4.2  for ann · partly failed · 1 of 2 nodes ok ·"
                + " ended 1 min 30 s ago");
    assertThat(bench.answer("jobs staging").lines()).hasSize(1);
    assertThat(bench.answer("jobs prod web")).isEqualTo("No jobs for web in prod yet.");
    assertThat(bench.refusal("jobs stagin")).contains("Did you mean 'staging'?");
  }

  @Test
  void aLongListOfJobsSaysThatItIsNotAll() {
    for (int i = 1; i <= 40; i++) {
      keep(SampleJobs.ping(i, "web1"));
    }
    assertThat(bench.answer("jobs").lines()).hasSize(16).last().isEqualTo("Showing the newest 15.");
  }

  @Test
  void jobShowsTheJobAsItIs() {
    job81(Situation.PAUSED);
    assertThat(bench.answer("job 81"))
        .contains("⏸️ job 81  codeupdate staging web version=1.4.2  for @U1")
        .contains("Paused: 1 failed, at most 0 may fail.")
        .contains("[Resume] [Retry failed] [Cancel]");
  }

  private void printed(Job job, Keep... pieces) {
    Job now = job;
    for (Keep piece : pieces) {
      now =
          SampleJobs.after(
              now,
              NOON,
              said(
                  wave(now, piece.node()),
                  piece.node(),
                  "boot",
                  10 + piece.position(),
                  new ReportBody.Output("stdout", piece.text())));
    }
    bench.store.commit(
        new Change.UpdateJob(now, now.state().nodes().keySet(), true, List.of(pieces)));
  }

  private Job adhoc() {
    Job job = SampleJobs.ping(7, "web1", "web2", "web3");
    return keep(SampleJobs.after(job, NOON, new JobEvent.Dispatched(job.id(), List.of())));
  }

  @Test
  void whatANodePrintedIsShownOrComesAsAFile() {
    Job job = adhoc();
    printed(job, new Keep("web1", 0, "out\n"), new Keep("web2", 0, "x".repeat(9_000)));
    assertThat(bench.answer("job 7 node=web1")).isEqualTo("out\n");
    assertThat(bench.answer("job 7 node=web2"))
        .isEqualTo("web2 printed 9,000 characters for job 7. The output follows as a file.");
    assertThat(bench.store.committed(Change.PostMessage.class))
        .last()
        .satisfies(show ->
            assertThat(show.item())
                .isInstanceOfSatisfying(
                    Outbound.FileAttachment.class,
                    file -> {
                      assertThat(file.name()).isEqualTo("job-7-web2.txt");
                      assertThat(file.content()).hasSize(9_000);
                    }));
    assertThat(bench.answer("job 7 node=web3")).isEqualTo("web3 printed nothing for job 7.");
    assertThat(bench.refusal("job 7 node=web9")).isEqualTo("Job 7 did not include node 'web9'.");
  }

  @Test
  void whatIsSoughtIsFoundAcrossTheBordersOfPieces() {
    Job job = adhoc();
    printed(job, new Keep("web1", 0, "starting\nout of me"), new Keep("web2", 0, "fine\n"));
    printed(
        job, new Keep("web1", 18, "mory here\nnext\nOUT OF MEMORY"), new Keep("web2", 5, "out "));
    printed(job, new Keep("web3", 0, "of memory"));
    assertThat(bench.answer("job 7 find=\"out of memory\""))
        .isEqualTo("2 lines with out of memory:\nweb1: out of memory here\nweb1: OUT OF MEMORY");
    assertThat(bench.answer("job 7 node=web2 find=out")).isEqualTo("1 line with out:\nweb2: out ");
    assertThat(bench.answer("job 7 find=nowhere"))
        .isEqualTo("No line with 'nowhere' in the output of job 7.");
    assertThat(bench.refusal("job 7 find="))
        .isEqualTo("find needs a text, for example `find=\"out of memory\"`.");
  }

  @Test
  void manyAndLongLinesFoundAreShortenedAndCounted() {
    Job job = adhoc();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      text.append("a".repeat(500)).append("needle").append("b".repeat(500)).append('\n');
    }
    printed(job, new Keep("web1", 0, text.toString()));
    List<String> lines = new ArrayList<>(bench.answer("job 7 find=needle").lines().toList());
    assertThat(lines.removeFirst()).isEqualTo("50 lines with needle, the first 40 of them:");
    assertThat(lines)
        .hasSize(40)
        .allMatch(line -> line.startsWith("web1: …a") && line.endsWith("b…"))
        .allMatch(line -> line.contains("needle") && line.length() < 220);
  }

  @Test
  void historySaysWhoDidWhatAndHowItEnded() {
    assertThat(bench.answer("history")).isEqualTo("No matching entries yet.");
    Stream.of("codeupdate staging web", "ping " + "x".repeat(300))
        .forEach(raw ->
            bench.store.commit(
                new Change.AppendAudit(
                    new AuditEntry(
                        NOON,
                        "slack:T1:U1",
                        "C1",
                        raw,
                        "codeupdate",
                        raw.startsWith("code") ? "staging" : "",
                        "",
                        "",
                        "allowed",
                        "job 7",
                        "r1",
                        "hash"))));
    assertThat(bench.answer("history").lines())
        .hasSize(3)
        .contains("2026-05-04 14:00  codeupdate staging web  @U1  allowed  job 7")
        .allMatch(line -> line.length() < 200);
    assertThat(bench.answer("history staging").lines()).hasSize(2);
    bench.store.commit(new Change.AppendAudit(bench.run("jobs").audit().getFirst()));
    assertThat(bench.answer("history")).as("questions are left out").doesNotContain("jobs");
  }

  @Test
  void whereSaysWhichVersionRunsWhere() {
    bench.join("web7", "prod");
    assertThat(bench.answer("where web"))
        .isEqualTo(
            "web: the shop's pages\nprod\n1.4.1: web7 (1)\n"
                + "staging: where changes are tried\n1.4.1: web[1-2] (2)");
    assertThat(bench.refusal("where wbe")).contains("Did you mean 'web'?");
  }
}
