package dev.bandmaster.engine.reports;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.core.job.SampleJobs.end;
import static dev.bandmaster.core.job.SampleJobs.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.backend.Capabilities;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobState;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.fleet.Enrolments;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.engine.jobs.JobEngineBench;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.store.TestStore;
import dev.bandmaster.testbackend.InMemoryBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FleetRespondentsTest {
  private final SettableClock clock = new SettableClock(NOON);
  @RegisterExtension private final TestStore store = new TestStore(clock);
  private final JobEngineBench bench = new JobEngineBench(store, "one");
  private final List<RejectedMessage> rejected = new ArrayList<>();
  private final Presence presence = new Presence(store, clock);
  private final FleetRespondents respondents =
      new FleetRespondents(
          presence, new Enrolments(store, false, clock, (node, key) -> {}), rejected::add);

  @BeforeEach
  void describe() {
    bench.engine.countAnswersOf(respondents);
    var _ =
        presence.observe(
            List.of(
                new PresenceEvent.Join(
                    new EventStamp("db1", "staging", "boot", 1, 1, NOON),
                    new NodeDescription(
                        "db1",
                        "main",
                        "staging",
                        Map.of("db", "1"),
                        List.of("storage"),
                        List.of("ssd"),
                        Map.of("disk.free", "3"),
                        List.of("ping")))));
  }

  private JobState state(Job job) {
    return bench.engine.find(job.id()).orElseThrow().state();
  }

  @ParameterizedTest
  @EnumSource(
      value = FinalCode.class,
      names = {"OK", "FAILED", "LOST"})
  void trustT2_anAnswerOfANodeThatWasNotAskedNeitherCountsNorStopsARollout(FinalCode code) {
    Job job = bench.open(SampleJobs.rollout(1, Rollout.AT_ONCE, "web1", "web2"));
    JobState before = state(job);
    bench.replies(
        reply(job, "db1", 1, end(code, "forged")),
        new TargetReport(job.id(), "ghost", "boot-1", 1, NOON, end(code, "forged")));
    assertThat(state(job)).isEqualTo(before);
    assertThat(rejected).extracting(RejectedMessage::source).containsExactly("db1", "ghost");
    assertThat(rejected).allMatch(RejectedMessage::suspicious);
  }

  @Test
  void trustT2_theAskedNodesStillCount() {
    Job job = bench.open(SampleJobs.deploy(1, THREAD, List.of("web1", "web2")));
    bench.replies(
        reply(job, "web1", 1, end(FinalCode.OK, "done")),
        reply(job, "db1", 1, end(FinalCode.FAILED, "forged")),
        reply(job, "web2", 1, end(FinalCode.OK, "done")));
    assertThat(state(job).status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(state(job).nodes()).containsOnlyKeys("web1", "web2");
    bench.replies(reply(job, "db1", 2, end(FinalCode.FAILED, "late forgery")));
    assertThat(state(job).status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(rejected).hasSize(2);
  }

  @Test
  void trustT2_anUninvitedAnswerDoesNotProveThatTheBrokerHasTheRequest() {
    Job job = bench.open(SampleJobs.deploy(1, THREAD, List.of("web1")));
    bench.replies(reply(job, "db1", 1, end(FinalCode.OK, "forged")));
    assertThat(bench.engine.isToBeSent(job.id(), job.id())).isTrue();
    bench.replies(reply(job, "web1", 1, end(FinalCode.OK, "done")));
    assertThat(state(job).status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void trustT2_aBroadcastCountsItsTargetsAndThoseThatCouldMatch() {
    Job job = bench.open(SampleJobs.ping(1, "web1"));
    bench.after(Duration.ZERO);
    bench.replies(
        reply(job, "db1", 1, end(FinalCode.OK, "pong")),
        reply(job, "new7", 1, end(FinalCode.OK, "pong")),
        reply(job, "web1", 1, end(FinalCode.OK, "pong")));
    assertThat(state(job).nodes()).containsOnlyKeys("db1", "new7", "web1");
    assertThat(rejected).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "db1, '', '', true",
    "db1, staging, '', true",
    "db1, production, '', false",
    "db1, '', app=db, true",
    "db1, '', app=web, false",
    "db1, '', not app=db, false",
    "db1, '', role=storage tag=ssd, true",
    "db1, '', tag=gpu, false",
    "db1, '', capability=deploy, false",
    "db1, '', env=production, false",
    "db1, '', web*, false",
    "db1, '', fact.disk.free>100, true",
    "new7, staging, app=web, true",
    "new7, staging, web*, false",
    "db1, '', app=, false",
  })
  void trustT2_whoCouldMatchABroadcast(String node, String env, String filter, boolean counts) {
    assertThat(respondents.couldMatch(node, env, filter)).isEqualTo(counts);
  }

  @Test
  void trustT2_aReportThatAnotherBackendBringsDoesNotCount() {
    var service =
        new InMemoryBackend(
            "service", new Capabilities(false, false, false, false, false, false), clock);
    FleetRespondents both =
        new FleetRespondents(
            presence,
            new Enrolments(store, false, clock, (node, key) -> {}),
            name -> name.equals("service") ? Optional.of(service) : Optional.empty(),
            rejected::add);
    Job job = SampleJobs.by("service", SampleJobs.ping(1, "web1"));
    TargetReport answer = reply(job, "web1", 1, end(FinalCode.OK, "pong"));

    assertThat(both.counted(job, answer, "service")).containsExactly(answer);
    assertThat(rejected).isEmpty();
    assertThat(both.counted(job, answer, "bus")).as("an agent's word").isEmpty();
    assertThat(rejected).extracting(RejectedMessage::source).containsExactly("web1");
  }

  @Test
  void trustT2_aCheckAndACancellationCountOnlyTheirNodes() {
    Job job = bench.open(SampleJobs.ping(1, "web1"));
    bench.replies(reply(job, "web1", 1, new ReportBody.Started()));
    var _ = bench.engine.happened(job.id(), new JobEvent.Cancel("ann", "cancel-1"));
    bench.after(Duration.ZERO);
    JobState before = state(job);
    bench.replies(
        new TargetReport("cancel-1", "db1", "boot-1", 1, NOON, end(FinalCode.OK, "forged")));
    assertThat(state(job)).isEqualTo(before);
    assertThat(rejected).extracting(RejectedMessage::source).containsExactly("db1");
  }
}
