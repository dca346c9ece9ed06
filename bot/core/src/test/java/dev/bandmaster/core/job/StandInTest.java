package dev.bandmaster.core.job;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.end;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.plugin.Planned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A job for hosts that are known when they report: one name stands for them until then. */
class StandInTest {
  private static final String NAME = "web@staging";
  private static final Job DEPLOY = job(false);

  private static Job job(boolean one) {
    return SampleJobs.of(
        81,
        Planned.Work.atOnce(
            "codeupdate staging web version=1.4.2",
            "service",
            "update-code",
            Data.Fields.EMPTY,
            new Planned.Reach.ChosenByBackend(NAME, one),
            Planned.Effect.CHANGES));
  }

  private static JobEvent said(String node, long sequence, ReportBody body) {
    return SampleJobs.said(DEPLOY.id(), node, "b1", sequence, body);
  }

  private static JobEvent ends(String node, long sequence, FinalCode code) {
    return said(node, sequence, end(code, ""));
  }

  static Stream<Arguments> ways() {
    JobEvent sent = new JobEvent.Dispatched(DEPLOY.id(), List.of(), Optional.of("job 1"));
    return Stream.of(
        way("it is sent", JobStatus.RUNNING, "web@staging WAITING", sent),
        way(
            "one host is done and others may come",
            JobStatus.RUNNING,
            "web1 OK, web@staging WAITING",
            sent,
            ends("web1", 1, FinalCode.OK)),
        way(
            "all hosts are named and well",
            JobStatus.SUCCEEDED,
            "web1 OK, web2 OK",
            sent,
            ends("web1", 1, FinalCode.OK),
            ends("web2", 2, FinalCode.OK),
            ends(NAME, 3, FinalCode.OK)),
        way(
            "one host failed",
            JobStatus.PARTLY_FAILED,
            "web1 OK, web2 FAILED",
            sent,
            ends("web1", 1, FinalCode.OK),
            ends("web2", 2, FinalCode.FAILED),
            ends(NAME, 3, FinalCode.OK)),
        way(
            "the end is said twice",
            JobStatus.SUCCEEDED,
            "web1 OK",
            sent,
            ends("web1", 1, FinalCode.OK),
            ends(NAME, 2, FinalCode.OK),
            ends(NAME, 3, FinalCode.OK)),
        way("no host is named", JobStatus.SUCCEEDED, "web@staging OK", ends(NAME, 1, FinalCode.OK)),
        way(
            "it fails without a host",
            JobStatus.FAILED,
            "web@staging FAILED",
            ends(NAME, 1, FinalCode.FAILED)),
        way(
            "it is lost after a host has reported",
            JobStatus.PARTLY_FAILED,
            "web1 OK, web@staging LOST",
            ends("web1", 1, FinalCode.OK),
            ends(NAME, 2, FinalCode.LOST)),
        way(
            "it is lost while a host goes on",
            JobStatus.FAILED,
            "web1 LOST, web@staging LOST",
            sent,
            said("web1", 1, new ReportBody.Progress("install", "ok")),
            ends(NAME, 2, FinalCode.LOST)),
        way(
            "it is cancelled while a host goes on",
            JobStatus.PARTLY_FAILED,
            "web1 OK, web2 CANCELLED, web@staging CANCELLED",
            sent,
            ends("web1", 1, FinalCode.OK),
            said("web2", 2, new ReportBody.Progress("install", "ok")),
            ends(NAME, 3, FinalCode.CANCELLED)),
        way(
            "it is done and a host has no result",
            JobStatus.PARTLY_FAILED,
            "web1 OK, web2 LOST",
            sent,
            ends("web1", 1, FinalCode.OK),
            said("web2", 2, new ReportBody.Progress("install", "ok")),
            ends(NAME, 3, FinalCode.OK)),
        way(
            "nobody says anything",
            JobStatus.TIMED_OUT,
            "web@staging NO_ANSWER",
            sent,
            new JobEvent.TimePassed()));
  }

  private static Arguments way(String what, JobStatus status, String nodes, JobEvent... events) {
    return Arguments.of(what, status, nodes, List.of(events));
  }

  private static String nodes(JobState state) {
    return state.nodes().values().stream()
        .map(work -> work.node() + " " + work.status())
        .collect(Collectors.joining(", "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ways")
  void backendX3_hostsTakeThePlaceOfTheNameThatStoodForThem(
      String what, JobStatus status, String nodes, List<JobEvent> events) {
    Job job = DEPLOY;
    for (JobEvent event : events) {
      job =
          SampleJobs.after(
              job, event instanceof JobEvent.TimePassed ? NOON.plus(job.patience()) : NOON, event);
    }
    assertThat(nodes(job.state())).as(what).isEqualTo(nodes);
    assertThat(job.state().status()).as(what).isEqualTo(status);
  }

  @Test
  void backendX3_whereOneHostIsCertainItsNameStays() {
    Job one = job(true);
    JobState state =
        SampleJobs.after(one, NOON, ends("localhost", 1, FinalCode.OK), ends(NAME, 2, FinalCode.OK))
            .state();
    assertThat(nodes(state)).isEqualTo("localhost OK, web@staging OK");
  }

  @Test
  void runnerY2_aRunnerThatFallsSilentEndsItsHostsWithIt() {
    Job begun =
        SampleJobs.after(
            DEPLOY,
            NOON,
            new JobEvent.Assigned(DEPLOY.id(), "r1"),
            new JobEvent.Dispatched(DEPLOY.id(), List.of(), Optional.of("r1")),
            said(NAME, 1, new ReportBody.Accepted(Duration.ofSeconds(1))),
            said("web1", 2, new ReportBody.Progress("install", "ok")));
    JobState state =
        SampleJobs.after(begun, NOON.plusSeconds(4), new JobEvent.TimePassed()).state();
    assertThat(nodes(state)).isEqualTo("web1 LOST, web@staging LOST");
    assertThat(Objects.requireNonNull(state.nodes().get("web1")).message())
        .startsWith("no heartbeat for ");
  }

  @Test
  void runnerY2_theFirstChoiceOfARunnerIsKept() {
    Job job =
        SampleJobs.after(
            DEPLOY,
            NOON,
            new JobEvent.Assigned(DEPLOY.id(), "r1"),
            new JobEvent.Assigned(DEPLOY.id(), "r2"));
    assertThat(job.state().waves().getFirst().handle()).contains("r1");
    assertThat(job.state().waves().getFirst().phase()).isEqualTo(Wave.Phase.SENDING);
    assertThat(
            SampleJobs.after(job, NOON, said(NAME, 1, new ReportBody.Started()))
                .state()
                .waves()
                .getFirst()
                .handle())
        .as("an answer that overtakes the confirmation")
        .contains("r1");
  }

  @Test
  void backendX4_aReportThatOvertakesTheConfirmationDoesNotLoseTheHandle() {
    JobState state =
        SampleJobs.after(
                DEPLOY,
                NOON,
                said(NAME, 1, new ReportBody.Progress("waits", "")),
                new JobEvent.Dispatched(DEPLOY.id(), List.of(), Optional.of("job 1")))
            .state();
    assertThat(state.waves().getFirst().handle()).contains("job 1");
  }

  @Test
  void backendX3_inWhateverOrderHostsReportTheyAreTheSame() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    Random random = new Random(seed);
    List<String> hosts = Arrays.asList("db1", "web1", "web2", "web3");
    for (int walk = 0; walk < 500; walk++) {
      Collections.shuffle(hosts, random);
      List<JobEvent> events = new ArrayList<>();
      for (int i = 0; i < hosts.size(); i++) {
        events.add(ends(hosts.get(i), i + 1, FinalCode.OK));
        if (random.nextBoolean()) {
          events.add(events.get(random.nextInt(events.size())));
        }
      }
      events.add(ends(NAME, 9, FinalCode.OK));
      JobState state = SampleJobs.after(DEPLOY, NOON, events.toArray(JobEvent[]::new)).state();
      assertThat(state.nodes().keySet())
          .as("-Dtest.seed=%d, walk %d", seed, walk)
          .containsExactly("db1", "web1", "web2", "web3");
      assertThat(state.status()).isEqualTo(JobStatus.SUCCEEDED);
    }
  }
}
