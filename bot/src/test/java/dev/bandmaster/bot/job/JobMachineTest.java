package dev.bandmaster.bot.job;

import static dev.bandmaster.bot.job.SampleJobs.NOON;
import static dev.bandmaster.bot.job.SampleJobs.end;
import static dev.bandmaster.bot.job.SampleJobs.outcome;
import static dev.bandmaster.bot.job.SampleJobs.said;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.wire.FinalCode;
import dev.bandmaster.wire.ReplyBody;
import java.time.Duration;
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
  private static final JobEvent CONFIRMED = new JobEvent.Dispatched(List.of());

  private static JobState after(JobEvent... events) {
    return JobMachine.apply(JobState.queued(List.of("web1", "web2")), List.of(events), NOON);
  }

  private static JobEvent ok(String node, long sequence) {
    return said(node, BOOT, sequence, end(FinalCode.OK, "done"));
  }

  private static JobEvent failed(String node, long sequence) {
    return said(node, BOOT, sequence, end(FinalCode.FAILED, "no space left"));
  }

  static Stream<Arguments> ways() {
    JobEvent deadline = new JobEvent.DeadlinePassed();
    return Stream.of(
        way("nothing happened", JobStatus.QUEUED, "WAITING WAITING"),
        way("confirmed", JobStatus.RUNNING, "WAITING WAITING", CONFIRMED),
        way("an answer overtakes the confirm", JobStatus.RUNNING, "OK WAITING", ok("web1", 1)),
        way(
            "the broker is away",
            JobStatus.QUEUED,
            "WAITING WAITING",
            new JobEvent.Delayed("no connection")),
        way(
            "one node has nobody listening",
            JobStatus.RUNNING,
            "WAITING UNROUTABLE",
            new JobEvent.Dispatched(List.of("web2"))),
        way(
            "nobody listens at all",
            JobStatus.FAILED,
            "UNROUTABLE UNROUTABLE",
            new JobEvent.Unroutable("nobody listens")),
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
        way("all are silent", JobStatus.FAILED, "NO_ANSWER NO_ANSWER", CONFIRMED, deadline),
        way("the broker never came back", JobStatus.FAILED, "NO_ANSWER NO_ANSWER", deadline),
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
            new JobEvent.Dispatched(List.of("web2")),
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
            JobStatus.FAILED,
            "NO_ANSWER NO_ANSWER",
            CONFIRMED,
            deadline,
            said("web1", BOOT, 1, new ReplyBody.Heartbeat())),
        way(
            "what prints is running",
            JobStatus.RUNNING,
            "RUNNING WAITING",
            CONFIRMED,
            said("web1", BOOT, 1, new ReplyBody.Output("stdout", "line"))),
        way(
            "an older reply arrives behind a newer one",
            JobStatus.RUNNING,
            "WAITING RUNNING",
            CONFIRMED,
            said("web2", BOOT, 2, new ReplyBody.Started()),
            failed("web2", 1)));
  }

  private static Arguments way(String what, JobStatus status, String nodes, JobEvent... events) {
    return Arguments.of(what, List.of(events), status, nodes);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void aJobGoesOn(String what, List<JobEvent> events, JobStatus status, String nodes) {
    JobState state = JobState.queued(List.of("web1", "web2"));
    for (JobEvent event : events) {
      state = JobMachine.apply(state, List.of(event), NOON);
    }
    assertThat(state.status()).isEqualTo(status);
    assertThat(state.outcomes().stream().map(NodeOutcome::status).map(Enum::name).toList())
        .containsExactly(nodes.split(" "));
    assertThat(state.ended().isPresent()).isEqualTo(status.isFinal());
    assertThat(JobMachine.apply(JobState.queued(List.of("web1", "web2")), events, NOON))
        .as("all events in one batch")
        .isEqualTo(state);
  }

  @ParameterizedTest
  @EnumSource(FinalCode.class)
  void reliabilityR8_everyFinalOfANodeIsAnEnd(FinalCode code) {
    JobState state =
        JobMachine.apply(
            JobState.queued(List.of("web1")),
            List.of(said("web1", BOOT, 1, end(code, "so it is"))),
            NOON);
    assertThat(state.status())
        .isEqualTo(code == FinalCode.OK ? JobStatus.SUCCEEDED : JobStatus.FAILED);
    assertThat(state.outcomes().getFirst().status().name()).isEqualTo(code.name());
    assertThat(state.outcomes().getFirst().message()).isEqualTo("so it is");
    assertThat(state.ended()).contains(NOON);
  }

  @Test
  void reliabilityR8_aLateFinalCorrectsTheRecordButNotTheTimeOfTheEnd() {
    JobState ended = after(CONFIRMED, new JobEvent.DeadlinePassed());
    JobState corrected = JobMachine.apply(ended, List.of(ok("web1", 7)), NOON.plusSeconds(30));
    assertThat(corrected.status()).isEqualTo(JobStatus.PARTLY_FAILED);
    assertThat(outcome(corrected, "web1").latency()).isEqualTo(Duration.ofSeconds(30));
    assertThat(corrected.ended()).contains(NOON);
  }

  @Test
  void reliabilityR8_nothingBeginsAfterTheEnd() {
    JobState ended = after(CONFIRMED, ok("web1", 1), ok("web2", 1));
    JobState later =
        JobMachine.apply(ended, List.of(said("web9", BOOT, 1, new ReplyBody.Accepted())), NOON);
    assertThat(later).isEqualTo(ended);
  }

  @Test
  void aNodeThatPresenceDidNotKnowCountsWithTheOthers() {
    JobState state =
        after(
            CONFIRMED,
            said("web9", BOOT, 1, new ReplyBody.Accepted()),
            ok("web1", 1),
            ok("web2", 1));
    assertThat(state.status()).isEqualTo(JobStatus.RUNNING);
    assertThat(state.nodes()).containsKey("web9");
    assertThat(JobMachine.apply(state, List.of(ok("web9", 2)), NOON).status())
        .isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void theReasonOfAWaitIsShownUntilItIsOver() {
    JobState waiting = after(new JobEvent.Delayed("The broker is away."));
    assertThat(waiting.note()).isEqualTo("The broker is away.");
    assertThat(JobMachine.apply(waiting, List.of(CONFIRMED), NOON).note()).isEmpty();
    assertThat(
            JobMachine.apply(after(CONFIRMED), List.of(new JobEvent.Delayed("late news")), NOON)
                .note())
        .isEmpty();
  }

  @Test
  void outputIsKeptInItsOrderAndProgressIsTheNewest() {
    JobState state =
        after(
            CONFIRMED,
            said("web1", BOOT, 1, new ReplyBody.Started()),
            said("web1", BOOT, 2, new ReplyBody.Progress("fetch", "done")),
            said("web1", BOOT, 3, new ReplyBody.Output("stdout", "one\n")),
            said("web1", BOOT, 4, new ReplyBody.Output("stderr", "two\n")),
            said("web1", BOOT, 5, new ReplyBody.Progress("unpack", "")));
    NodeOutcome outcome = outcome(state, "web1");
    assertThat(outcome.output()).isEqualTo("one\ntwo\n");
    assertThat(outcome.message()).isEqualTo("unpack");
    assertThat(outcome.status()).isEqualTo(NodeStatus.RUNNING);
  }

  @Test
  void tenMegabytesOfOutputAreCutOffVisibly() {
    JobState state = after(CONFIRMED);
    String piece = "x".repeat(ReplyBody.Output.LONGEST);
    for (int i = 1; i <= 40; i++) {
      state =
          JobMachine.apply(
              state, List.of(said("web1", BOOT, i, new ReplyBody.Output("stdout", piece))), NOON);
    }
    String output = outcome(state, "web1").output();
    assertThat(output).hasSize(NodeWork.OUTPUT_LIMIT).endsWith("sent more than 1 MiB\n");
  }

  @Test
  void aClockThatIsSetBackGivesNoNegativeLatency() {
    JobState state =
        JobMachine.apply(after(CONFIRMED), List.of(ok("web1", 1)), NOON.minusSeconds(3600));
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
