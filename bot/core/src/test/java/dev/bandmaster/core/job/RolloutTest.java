package dev.bandmaster.core.job;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.end;
import static dev.bandmaster.core.job.SampleJobs.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.job.Wave.Kind;
import dev.bandmaster.core.job.Wave.Phase;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.plugin.Rollout.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A rollout as a story with times: who answers when, and what the job does next. */
class RolloutTest {
  private static final Rollout.Check CHECK =
      new Rollout.Check("deploy", "status", Data.Fields.EMPTY);

  private final List<Wave> sent = new ArrayList<>();
  private Job job = start(rollout(1, 2, Duration.ZERO, 0), "web1", "web2", "web3", "web4", "web5");
  private Instant now = NOON;

  private static Rollout rollout(int canary, int batch, Duration pause, int failures) {
    return new Rollout(
        new Size(canary, false),
        new Size(batch, false),
        pause,
        new Size(failures, false),
        Optional.of(CHECK));
  }

  private Job start(Rollout rollout, String... nodes) {
    sent.clear();
    job = SampleJobs.rollout(1, rollout, nodes);
    happens(new JobEvent.SlotTaken());
    return job;
  }

  private void happens(JobEvent... events) {
    JobMachine.Advanced advanced =
        JobMachine.apply(job.state(), job.rules(), List.of(events), now == null ? NOON : now);
    job = job.with(advanced.state());
    for (JobEffect effect : advanced.effects()) {
      if (effect instanceof JobEffect.Send(Wave wave)) {
        sent.add(wave);
      }
    }
  }

  private void after(Duration time) {
    now = now.plus(time);
    happens(new JobEvent.TimePassed());
  }

  private Wave last() {
    return sent.getLast();
  }

  private void all(FinalCode code) {
    Wave wave = last();
    wave.nodes().forEach(node -> answers(wave, node, code));
  }

  private void answers(Wave wave, String node, FinalCode code) {
    happens(SampleJobs.said(wave.request(), node, "b1", 7, end(code, "so it is")));
  }

  private List<String> sentTo() {
    return sent.stream().map(wave -> wave.kind() + " " + String.join(",", wave.nodes())).toList();
  }

  @Test
  void nothingIsSentBeforeTheApplicationIsFree() {
    Job queued = SampleJobs.rollout(1, Rollout.AT_ONCE, "web1");
    assertThat(queued.state().status()).isEqualTo(JobStatus.QUEUED);
    assertThat(queued.state().waves()).extracting(Wave::phase).containsOnly(Phase.PLANNED);
    Job blocked = SampleJobs.after(queued, NOON, new JobEvent.Blocked("Waits for job 7."));
    assertThat(blocked.state().note()).isEqualTo("Waits for job 7.");
    Job begun = SampleJobs.after(blocked, NOON, new JobEvent.SlotTaken());
    assertThat(begun.state().note()).isEmpty();
    assertThat(begun.state().waves().getFirst().phase()).isEqualTo(Phase.SENDING);
  }

  @Test
  void theCanaryThenTheBatchesWithACheckBetween() {
    assertThat(sentTo()).containsExactly("WORK web1");
    all(FinalCode.OK);
    assertThat(sentTo()).containsExactly("WORK web1", "CHECK web1");
    all(FinalCode.OK);
    all(FinalCode.OK);
    all(FinalCode.OK);
    all(FinalCode.OK);
    assertThat(sentTo())
        .containsExactly(
            "WORK web1", "CHECK web1", "WORK web2,web3", "CHECK web2,web3", "WORK web4,web5");
    assertThat(job.state().status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(job.state().waves()).extracting(Wave::phase).containsOnly(Phase.DONE);
    assertThat(sent.getFirst().request()).as("the first request is the job's").isEqualTo(job.id());
    assertThat(sent).extracting(Wave::request).doesNotHaveDuplicates();
  }

  @Test
  void aFailedCanaryStopsAndAPersonSaysHowToGoOn() {
    all(FinalCode.FAILED);
    assertThat(job.state().status()).isEqualTo(JobStatus.PAUSED);
    assertThat(job.state().note()).isEqualTo("Paused: 1 failed, at most 0 may fail.");
    after(Duration.ofHours(5));
    assertThat(job.state().status()).as("it waits for ever").isEqualTo(JobStatus.PAUSED);
    happens(new JobEvent.Resume("Ann"));
    assertThat(sentTo()).containsExactly("WORK web1", "WORK web2,web3");
    assertThat(job.state().status()).isEqualTo(JobStatus.RUNNING);
    answers(last(), "web2", FinalCode.FAILED);
    answers(last(), "web3", FinalCode.OK);
    assertThat(job.state().status()).as("one more than was accepted").isEqualTo(JobStatus.PAUSED);
  }

  @Test
  void someFailuresMayBe() {
    start(rollout(0, 2, Duration.ZERO, 1), "web1", "web2", "web3", "web4");
    answers(last(), "web1", FinalCode.FAILED);
    answers(last(), "web2", FinalCode.OK);
    assertThat(sentTo()).containsExactly("WORK web1,web2", "CHECK web2");
    all(FinalCode.OK);
    assertThat(sentTo().getLast()).isEqualTo("WORK web3,web4");
    all(FinalCode.OK);
    assertThat(job.state().status()).isEqualTo(JobStatus.PARTLY_FAILED);
  }

  @Test
  void theFailedNodesOfAPausedRolloutGetTheirWorkOnceMore() {
    all(FinalCode.FAILED);
    Wave failed = last();
    happens(new JobEvent.RetryFailed("Ann", List.of("retry-1")));
    assertThat(sentTo()).containsExactly("WORK web1", "WORK web1");
    assertThat(last().request()).isEqualTo("retry-1");
    answers(failed, "web1", FinalCode.OK);
    assertThat(outcome(job.state(), "web1").status())
        .as("an answer to the first try is not one to the second")
        .isEqualTo(NodeStatus.WAITING);
    all(FinalCode.OK);
    assertThat(sentTo().getLast()).isEqualTo("CHECK web1");
    happens(new JobEvent.RetryFailed("Ann", List.of("retry-1")));
    assertThat(sent).as("the same order twice is one").hasSize(3);
  }

  @Test
  void aNodeThatIsNotWellAfterwardsHasFailed() {
    all(FinalCode.OK);
    all(FinalCode.FAILED);
    assertThat(outcome(job.state(), "web1").status()).isEqualTo(NodeStatus.FAILED);
    assertThat(outcome(job.state(), "web1").message()).isEqualTo("health check failed: so it is");
    assertThat(job.state().status()).isEqualTo(JobStatus.PAUSED);
  }

  @Test
  void aNodeThatDoesNotSayHowItIsHasFailed() {
    all(FinalCode.OK);
    happens(new JobEvent.Dispatched(last().request(), List.of()));
    after(JobRules.CHECKING);
    assertThat(outcome(job.state(), "web1").message())
        .isEqualTo("health check failed: did not answer the health check in time");
    assertThat(job.state().status()).isEqualTo(JobStatus.PAUSED);
  }

  @Test
  void betweenBatchesItWaitsAndSees() {
    start(rollout(0, 1, Duration.ofMinutes(5), 0), "web1", "web2");
    all(FinalCode.OK);
    after(Duration.ofMinutes(5).minusMillis(1));
    assertThat(sentTo()).containsExactly("WORK web1");
    assertThat(JobMachine.nextTimer(job.state())).contains(NOON.plus(Duration.ofMinutes(5)));
    after(Duration.ofMillis(1));
    assertThat(sentTo()).containsExactly("WORK web1", "CHECK web1");
  }

  @Test
  void pausedByHandItFinishesTheBatchAndWaits() {
    happens(new JobEvent.Pause("Ann"));
    assertThat(job.state().status()).as("the canary goes on").isEqualTo(JobStatus.QUEUED);
    happens(new JobEvent.Dispatched(job.id(), List.of()));
    all(FinalCode.OK);
    assertThat(job.state().status()).isEqualTo(JobStatus.PAUSED);
    assertThat(job.state().note()).isEqualTo("Paused by Ann.");
    happens(new JobEvent.Resume("Bob"));
    assertThat(sentTo()).containsExactly("WORK web1", "CHECK web1");
  }

  @Test
  void trap32_cancelStopsWhatRunsAndBeginsNothingMore() {
    happens(
        new JobEvent.Dispatched(job.id(), List.of()),
        SampleJobs.said(job.id(), "web1", "b1", 1, new ReportBody.Started()));
    happens(new JobEvent.Cancel("Ann", "stop-1"));
    assertThat(last().kind()).isEqualTo(Kind.CANCEL);
    assertThat(last().nodes()).containsExactly("web1");
    assertThat(job.state().status()).isEqualTo(JobStatus.RUNNING);
    assertThat(job.state().note()).isEqualTo("Cancelled by Ann.");
    assertThat(outcome(job.state(), "web5").status()).isEqualTo(NodeStatus.CANCELLED);
    answers(sent.getFirst(), "web1", FinalCode.CANCELLED);
    assertThat(job.state().status()).isEqualTo(JobStatus.CANCELLED);
    happens(new JobEvent.Cancel("Bob", "stop-2"));
    assertThat(sent).as("twice is once").hasSize(2);
  }

  @Test
  void trap32_aNodeThatDoesNotStopIsNamed() {
    happens(new JobEvent.Dispatched(job.id(), List.of()), new JobEvent.Cancel("Ann", "stop-1"));
    after(JobRules.STOPPING);
    assertThat(outcome(job.state(), "web1").status()).isEqualTo(NodeStatus.NO_ANSWER);
    assertThat(job.state().status()).isEqualTo(JobStatus.CANCELLED);
  }

  @Test
  void whatHasNotBegunIsCancelledAtOnce() {
    Job queued = SampleJobs.rollout(1, Rollout.AT_ONCE, "web1");
    JobState cancelled =
        SampleJobs.after(queued, NOON, new JobEvent.Cancel("Ann", "stop-1")).state();
    assertThat(cancelled.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(cancelled.ended()).contains(NOON);
  }

  @Test
  void nothingHappensBeforeTheApproval() {
    Job asked = SampleJobs.rollout(1, Rollout.AT_ONCE, "web1");
    Job waiting = asked.with(JobMachine.planned(asked.id(), asked.work(), () -> "", false));
    Job early = SampleJobs.after(waiting, NOON, new JobEvent.SlotTaken());
    assertThat(early.state().status()).isEqualTo(JobStatus.AWAITING_APPROVAL);
    assertThat(early.state().waves()).extracting(Wave::phase).containsOnly(Phase.PLANNED);
    assertThat(SampleJobs.after(early, NOON, new JobEvent.Approved("Bob")).state().waves())
        .extracting(Wave::phase)
        .containsOnly(Phase.SENDING);
    JobState declined =
        SampleJobs.after(waiting, NOON, new JobEvent.Declined("Bob", "Not today.")).state();
    assertThat(declined.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(declined.note()).isEqualTo("Not today.");
  }

  @Test
  void approvalP4_whatWasApprovedWaitsForTheWordToBeginAndMayLoseItsApproval() {
    Job asked = SampleJobs.rollout(1, Rollout.AT_ONCE, "web1");
    Job waiting = asked.with(JobMachine.planned(asked.id(), asked.work(), () -> "", false));
    Job approved = SampleJobs.after(waiting, NOON, new JobEvent.Approved("Bob"));
    assertThat(approved.state().status()).isEqualTo(JobStatus.QUEUED);
    assertThat(approved.state().waves()).extracting(Wave::phase).containsOnly(Phase.PLANNED);

    Job back = SampleJobs.after(approved, NOON, new JobEvent.Unapproved("Bob has left."));
    assertThat(back.state().status()).isEqualTo(JobStatus.AWAITING_APPROVAL);
    assertThat(back.state().note()).isEqualTo("Bob has left.");

    Job begun = SampleJobs.after(approved, NOON, new JobEvent.SlotTaken());
    Job late = SampleJobs.after(begun, NOON, new JobEvent.Unapproved("Bob has left."));
    assertThat(late.state()).isEqualTo(begun.state());
  }

  @Test
  void trap2_aNodeThatGivesNoSignOfLifeIsLostAfterThreeMissedOnes() {
    happens(
        new JobEvent.Dispatched(job.id(), List.of()),
        SampleJobs.said(job.id(), "web1", "b1", 1, new ReportBody.Accepted(Duration.ofSeconds(5))));
    after(Duration.ofSeconds(15).minusMillis(1));
    assertThat(outcome(job.state(), "web1").status()).isEqualTo(NodeStatus.RUNNING);
    assertThat(JobMachine.nextTimer(job.state())).contains(NOON.plusSeconds(15));
    after(Duration.ofMillis(1));
    assertThat(outcome(job.state(), "web1").status()).isEqualTo(NodeStatus.LOST);
    assertThat(outcome(job.state(), "web1").message()).isEqualTo("no heartbeat for 15 s");
    answers(sent.getFirst(), "web1", FinalCode.OK);
    assertThat(outcome(job.state(), "web1").status())
        .as("its own end corrects that")
        .isEqualTo(NodeStatus.OK);
  }

  @Test
  void whileNobodyListenedNobodyWasSilent() {
    happens(
        new JobEvent.Dispatched(job.id(), List.of()),
        SampleJobs.said(job.id(), "web1", "b1", 1, new ReportBody.Accepted(Duration.ofSeconds(5))));
    now = now.plusSeconds(40);
    happens(new JobEvent.TakenUp(), new JobEvent.TimePassed());
    assertThat(outcome(job.state(), "web1").status()).isEqualTo(NodeStatus.RUNNING);
  }

  @Test
  void anAnswerOfAnEarlierStartOfTheAgentComesTooLate() {
    happens(
        SampleJobs.said(job.id(), "web1", "b2", 1, new ReportBody.Progress("fetch", "done")),
        SampleJobs.said(job.id(), "web1", "b1", 9, new ReportBody.Progress("start", "")));
    assertThat(outcome(job.state(), "web1").message()).isEqualTo("fetch: done");
  }
}
