package dev.bandmaster.core.job;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.core.job.SampleJobs.end;
import static dev.bandmaster.core.job.SampleJobs.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class JobMachineTest {
  private static final String BOOT = "b1";
  private static final Job DEPLOY = SampleJobs.deploy(1, THREAD, List.of("web1", "web2"));
  private static final JobEvent CONFIRMED = new JobEvent.Dispatched(DEPLOY.id(), List.of());
  private static final Instant LATER = NOON.plus(DEPLOY.patience());

  private static JobState after(JobEvent... events) {
    return SampleJobs.after(DEPLOY, NOON, events).state();
  }

  private static JobState then(JobState state, Instant now, JobEvent... events) {
    return SampleJobs.after(DEPLOY.with(state), now, events).state();
  }

  private static JobEvent said(String node, String boot, long sequence, ReportBody body) {
    return SampleJobs.said(DEPLOY.id(), node, boot, sequence, body);
  }

  private static JobEvent ok(String node, long sequence) {
    return said(node, BOOT, sequence, end(FinalCode.OK, "done"));
  }

  private static JobEvent failed(String node, long sequence) {
    return said(node, BOOT, sequence, end(FinalCode.FAILED, "no space left"));
  }

  static Stream<Arguments> ways() {
    JobEvent deadline = new JobEvent.TimePassed();
    return Stream.of(
        way("nothing happened", JobStatus.QUEUED, "WAITING WAITING"),
        way("confirmed", JobStatus.RUNNING, "WAITING WAITING", CONFIRMED),
        way("an answer overtakes the confirm", JobStatus.RUNNING, "OK WAITING", ok("web1", 1)),
        way(
            "the broker is away",
            JobStatus.QUEUED,
            "WAITING WAITING",
            new JobEvent.Delayed(DEPLOY.id(), "no connection")),
        way(
            "one node has nobody listening",
            JobStatus.RUNNING,
            "WAITING UNROUTABLE",
            new JobEvent.Dispatched(DEPLOY.id(), List.of("web2"))),
        way(
            "no agent is listening at all",
            JobStatus.FAILED,
            "UNROUTABLE UNROUTABLE",
            new JobEvent.Unroutable(DEPLOY.id(), "no agent is listening")),
        way("all is well", JobStatus.SUCCEEDED, "OK OK", CONFIRMED, ok("web1", 1), ok("web2", 1)),
        way(
            "one fails",
            JobStatus.PARTLY_FAILED,
            "FAILED OK",
            CONFIRMED,
            failed("web1", 1),
            ok("web2", 1)),
        way(
            "all fail",
            JobStatus.FAILED,
            "FAILED FAILED",
            CONFIRMED,
            failed("web1", 1),
            failed("web2", 1)),
        way("one is silent", JobStatus.PARTLY_FAILED, "OK NO_ANSWER", ok("web1", 1), deadline),
        way("all are silent", JobStatus.TIMED_OUT, "NO_ANSWER NO_ANSWER", CONFIRMED, deadline),
        way("the broker never came back", JobStatus.TIMED_OUT, "NO_ANSWER NO_ANSWER", deadline),
        way(
            "a late answer corrects the record",
            JobStatus.SUCCEEDED,
            "OK OK",
            CONFIRMED,
            ok("web1", 1),
            deadline,
            ok("web2", 1)),
        way(
            "a node that nobody seemed to listen for answers after all",
            JobStatus.SUCCEEDED,
            "OK OK",
            new JobEvent.Dispatched(DEPLOY.id(), List.of("web2")),
            ok("web1", 1),
            ok("web2", 1)),
        way(
            "a second final is too late",
            JobStatus.SUCCEEDED,
            "OK OK",
            ok("web1", 1),
            ok("web2", 1),
            failed("web2", 2)),
        way(
            "a late sign of life is no end",
            JobStatus.TIMED_OUT,
            "NO_ANSWER NO_ANSWER",
            CONFIRMED,
            deadline,
            said("web1", BOOT, 1, new ReportBody.Heartbeat())),
        way(
            "what prints is running",
            JobStatus.RUNNING,
            "RUNNING WAITING",
            CONFIRMED,
            said("web1", BOOT, 1, new ReportBody.Output("stdout", "line"))),
        way(
            "an older reply arrives behind a newer one",
            JobStatus.RUNNING,
            "WAITING RUNNING",
            CONFIRMED,
            said("web2", BOOT, 2, new ReportBody.Started()),
            said("web2", BOOT, 1, new ReportBody.Accepted())),
        way(
            "an end is heard though something newer was heard before",
            JobStatus.RUNNING,
            "WAITING FAILED",
            CONFIRMED,
            said("web2", BOOT, 2, new ReportBody.Started()),
            failed("web2", 1)));
  }

  private static Arguments way(String what, JobStatus status, String nodes, JobEvent... events) {
    return Arguments.of(what, List.of(events), status, nodes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void aJobGoesOn(String what, List<JobEvent> events, JobStatus status, String nodes) {
    JobState state = DEPLOY.state();
    Instant now = NOON;
    for (JobEvent event : events) {
      now = event instanceof JobEvent.TimePassed ? LATER : now;
      state = then(state, now, event);
    }
    assertThat(state.status()).isEqualTo(status);
    assertThat(state.outcomes().stream().map(NodeOutcome::status).map(Enum::name).toList())
        .containsExactly(nodes.split(" "));
    assertThat(state.ended().isPresent()).isEqualTo(status.isFinal());
  }

  @ParameterizedTest
  @EnumSource(FinalCode.class)
  void reliabilityR8_everyFinalOfANodeIsAnEnd(FinalCode code) {
    Job ping = SampleJobs.ping(2, "web1");
    JobState state =
        SampleJobs.after(
                ping, NOON, SampleJobs.said(ping.id(), "web1", BOOT, 1, end(code, "so it is")))
            .state();
    assertThat(state.status()).isEqualTo(expected(code));
    if (code != FinalCode.DUPLICATE) {
      assertThat(state.outcomes().getFirst().status().name()).isEqualTo(code.name());
      assertThat(state.outcomes().getFirst().message()).isEqualTo("so it is");
      assertThat(state.ended()).contains(NOON);
    }
  }

  private static JobStatus expected(FinalCode code) {
    return switch (code) {
      case OK -> JobStatus.SUCCEEDED;
      case TIMEOUT -> JobStatus.TIMED_OUT;
      case DUPLICATE -> JobStatus.RUNNING;
      case FAILED, DENIED, INVALID, EXPIRED, LOST, CANCELLED, UNKNOWN_ACTION -> JobStatus.FAILED;
    };
  }

  @Test
  void trap6_aDuplicateStandsForTheEndItCarries() {
    ReportBody.Final duplicate = ReportBody.Final.duplicateOf(end(FinalCode.OK, "runs 1.4.2"));
    JobState state = after(CONFIRMED, said("web1", BOOT, 3, duplicate), ok("web2", 1));
    assertThat(state.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(outcome(state, "web1").message()).isEqualTo("runs 1.4.2");
  }

  @Test
  void reliabilityR8_aLateFinalCorrectsTheRecordButNotTheTimeOfTheEnd() {
    JobState ended = then(after(CONFIRMED), LATER, new JobEvent.TimePassed());
    JobState corrected = then(ended, LATER.plusSeconds(30), ok("web1", 7));
    assertThat(corrected.status()).isEqualTo(JobStatus.PARTLY_FAILED);
    assertThat(outcome(corrected, "web1").latency()).isEqualTo(Duration.ofSeconds(90));
    assertThat(corrected.ended()).contains(LATER);
  }

  @Test
  void reliabilityR8_nothingBeginsAfterTheEnd() {
    JobState ended = after(CONFIRMED, ok("web1", 1), ok("web2", 1));
    JobState later = then(ended, NOON, said("web9", BOOT, 1, new ReportBody.Accepted()));
    assertThat(later).isEqualTo(ended);
  }

  @Test
  void aNodeThatPresenceDidNotKnowCountsWithTheOthers() {
    JobState state =
        after(
            CONFIRMED,
            said("web9", BOOT, 1, new ReportBody.Accepted()),
            ok("web1", 1),
            ok("web2", 1));
    assertThat(state.status()).isEqualTo(JobStatus.RUNNING);
    assertThat(state.nodes()).containsKey("web9");
    assertThat(then(state, NOON, ok("web9", 2)).status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void theReasonOfAWaitIsShownUntilItIsOver() {
    JobState waiting = after(new JobEvent.Delayed(DEPLOY.id(), "The broker is unreachable."));
    assertThat(waiting.note()).isEqualTo("The broker is unreachable.");
    assertThat(then(waiting, NOON, CONFIRMED).note()).isEmpty();
    assertThat(after(CONFIRMED, new JobEvent.Delayed(DEPLOY.id(), "late news")).note()).isEmpty();
  }

  @Test
  void outputIsKeptInItsOrderAndProgressIsTheNewest() {
    JobState state =
        after(
            CONFIRMED,
            said("web1", BOOT, 1, new ReportBody.Started()),
            said("web1", BOOT, 2, new ReportBody.Progress("fetch", "done")),
            said("web1", BOOT, 3, new ReportBody.Output("stdout", "one\n")),
            said("web1", BOOT, 4, new ReportBody.Output("stderr", "two\n")),
            said("web1", BOOT, 5, new ReportBody.Progress("unpack", "")));
    NodeOutcome outcome = outcome(state, "web1");
    assertThat(outcome.output()).isEqualTo("one\ntwo\n");
    assertThat(outcome.message()).isEqualTo("unpack");
    assertThat(outcome.status()).isEqualTo(NodeStatus.RUNNING);
  }

  @Test
  void trap26_tenMegabytesOfOutputAreCutOffVisiblyAndOnlyTheirEndsAreHeld() {
    JobState state = after(CONFIRMED);
    String piece = "x".repeat(ReportBody.Output.LONGEST);
    StringBuilder kept = new StringBuilder();
    for (int i = 1; i <= 40; i++) {
      JobMachine.Advanced advanced =
          JobMachine.apply(
              state,
              DEPLOY.rules(),
              List.of(said("web1", BOOT, i, new ReportBody.Output("stdout", piece))),
              NOON);
      state = advanced.state();
      for (JobEffect effect : advanced.effects()) {
        if (effect instanceof JobEffect.Keep(var _, long position, String text)) {
          assertThat(position).isEqualTo(kept.length());
          kept.append(text);
        }
      }
    }
    assertThat(kept.toString()).hasSize(NodeWork.OUTPUT_LIMIT).endsWith(NodeWork.CUT);
    assertThat(outcome(state, "web1").output())
        .hasSizeLessThan(3_000)
        .contains("characters are in the file only")
        .endsWith("sent more than 1 MiB\n");
  }

  @Test
  void aClockThatIsSetBackGivesNoNegativeLatency() {
    JobState state = then(after(CONFIRMED), NOON.minusSeconds(3600), ok("web1", 1));
    assertThat(outcome(state, "web1").latency()).isEqualTo(Duration.ZERO);
  }

  @Test
  void theCountsAreThoseOfTheNodes() {
    JobState state = after(CONFIRMED, ok("web1", 1));
    assertThat(state.done()).isEqualTo(1);
    assertThat(state.count(NodeStatus.OK)).isEqualTo(1);
    assertThat(state.count(NodeStatus.WAITING)).isEqualTo(1);
    assertThat(state.nodes()).isUnmodifiable();
    assertThat(Map.copyOf(state.nodes())).containsOnlyKeys("web1", "web2");
  }
}
