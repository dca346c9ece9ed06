package dev.bandmaster.engine.view;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.core.job.SampleJobs.end;
import static dev.bandmaster.core.job.SampleJobs.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.PlainText;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.engine.commands.CommandModule;
import dev.bandmaster.engine.jobs.GoldenMessages;
import dev.bandmaster.engine.pipeline.CommandPlugins;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.plugin.Rollout.Size;
import dev.bandmaster.standard.StandardPlugins;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JobRendererTest {
  private static final JobRenderer RENDERER =
      CommandModule.renderer(
          new CommandPlugins(StandardPlugins.all()), InstantSource.fixed(NOON.plusSeconds(12)));

  private static Job after(Job job, JobEvent... events) {
    Job now = job;
    for (int i = 0; i < events.length; i++) {
      boolean late = events[i] instanceof JobEvent.TimePassed;
      now =
          SampleJobs.after(
              now, late ? NOON.plus(job.patience()) : NOON.plusMillis(40L * i), events[i]);
    }
    return now;
  }

  private static JobEvent confirmed(Job job, String... absent) {
    return new JobEvent.Dispatched(job.id(), List.of(absent));
  }

  private static JobEvent said(Job job, String node, long sequence, ReportBody body) {
    return new JobEvent.Replied(reply(job, node, sequence, body));
  }

  private static JobEvent ended(Job job, String node, FinalCode code, String message) {
    return said(job, node, 100, end(code, message));
  }

  static Stream<Arguments> pictures() {
    Job deploy = SampleJobs.deploy(81, THREAD, List.of("web1", "web2", "web3", "web4"));
    Job ping = SampleJobs.ping(82, "db1", "web1", "web2");
    Job rollout =
        SampleJobs.rollout(
            81,
            new Rollout(
                new Size(1, false), new Size(2, false), Duration.ZERO, Size.NONE, Optional.empty()),
            "web1",
            "web2",
            "web3",
            "web4");
    Job versions =
        SampleJobs.rollout(
            85,
            new Rollout(Size.NONE, Size.ALL, Duration.ZERO, Size.NONE, Optional.empty()),
            "web1",
            "web2");
    Job paused =
        SampleJobs.rollout(
            87,
            new Rollout(
                new Size(1, false),
                new Size(2, false),
                Duration.ofMinutes(1),
                Size.NONE,
                Optional.empty()),
            "web1",
            "web2",
            "web3");
    return Stream.of(
        Arguments.of("job-queued", deploy),
        Arguments.of(
            "job-waiting-for-the-broker",
            after(
                deploy,
                new JobEvent.Delayed(
                    deploy.id(),
                    "The broker is unreachable: Connection refused. Trying again until the deadline."))),
        Arguments.of(
            "job-running",
            after(
                deploy,
                confirmed(deploy),
                said(deploy, "web1", 1, new ReportBody.Accepted()),
                said(deploy, "web2", 1, new ReportBody.Progress("fetch", "1.4.2")),
                said(deploy, "web3", 1, new ReportBody.Progress("fetch", "1.4.2")),
                ended(deploy, "web4", FinalCode.OK, "runs 1.4.2"))),
        Arguments.of(
            "job-succeeded",
            after(
                deploy,
                confirmed(deploy),
                ended(deploy, "web1", FinalCode.OK, "runs 1.4.2"),
                ended(deploy, "web2", FinalCode.OK, "runs 1.4.2"),
                ended(deploy, "web3", FinalCode.OK, "runs 1.4.2"),
                ended(deploy, "web4", FinalCode.OK, "runs 1.4.2"))),
        Arguments.of(
            "job-partly-failed-with-silent-nodes",
            after(
                deploy,
                confirmed(deploy, "web4"),
                ended(deploy, "web1", FinalCode.OK, "runs 1.4.2"),
                said(
                    deploy, "web2", 1, new ReportBody.Output("stderr", "no space left\non /srv\n")),
                ended(deploy, "web2", FinalCode.FAILED, "unpack failed"),
                new JobEvent.TimePassed())),
        Arguments.of("job-with-every-end", withEveryEnd()),
        Arguments.of(
            "job-unroutable",
            after(
                deploy,
                new JobEvent.Unroutable(deploy.id(), "Nobody listens for web in staging."))),
        Arguments.of(
            "job-nobody-answered", after(ping, confirmed(ping), new JobEvent.TimePassed())),
        Arguments.of(
            "job-ping",
            after(
                ping,
                confirmed(ping),
                ended(ping, "web1", FinalCode.OK, ""),
                ended(ping, "db1", FinalCode.OK, ""),
                ended(ping, "web2", FinalCode.OK, ""))),
        Arguments.of("job-of-a-thousand-nodes", ofAThousandNodes()),
        Arguments.of(
            "job-behind-another",
            after(
                rollout,
                new JobEvent.Blocked("Waits for job 80 (codeupdate staging web), then starts."))),
        Arguments.of("job-canary", after(rollout, new JobEvent.SlotTaken(), confirmed(rollout))),
        Arguments.of(
            "job-paused-after-a-failed-canary",
            after(
                rollout,
                new JobEvent.SlotTaken(),
                confirmed(rollout),
                ended(rollout, "web1", FinalCode.FAILED, "health check failed"))),
        Arguments.of(
            "job-succeeded-with-versions",
            after(
                versions,
                new JobEvent.SlotTaken(),
                confirmed(versions),
                ended(versions, "web1", FinalCode.OK, "web 1.4.2 is running on this node."),
                ended(versions, "web2", FinalCode.OK, "web 1.4.2 is running on this node."))),
        Arguments.of(
            "job-failed-with-steps",
            after(
                versions,
                new JobEvent.SlotTaken(),
                confirmed(versions),
                said(versions, "web1", 1, new ReportBody.Progress("fetch", "running")),
                said(versions, "web1", 2, new ReportBody.Progress("fetch", "done: sha256 ab")),
                said(versions, "web1", 3, new ReportBody.Progress("restart", "running")),
                said(versions, "web1", 4, new ReportBody.Progress("restart", "failed: exit 1")),
                said(versions, "web1", 5, new ReportBody.Output("stderr", "port is in use\n")),
                ended(versions, "web1", FinalCode.FAILED, "web 1.4.2: restart failed"),
                ended(versions, "web2", FinalCode.OK, "web 1.4.2 is running on this node."))),
        Arguments.of(
            "job-next-batch",
            after(
                paused,
                new JobEvent.SlotTaken(),
                confirmed(paused),
                ended(paused, "web1", FinalCode.OK, "web 1.4.2 is running on this node."))),
        Arguments.of(
            "job-cancelled",
            after(
                rollout,
                new JobEvent.SlotTaken(),
                confirmed(rollout),
                new JobEvent.Cancel("Ann", "stop-1"),
                ended(rollout, "web1", FinalCode.CANCELLED, "stopped"))));
  }

  private static Job withEveryEnd() {
    Job job =
        SampleJobs.deploy(
            83, THREAD, Stream.of(FinalCode.values()).map(code -> "node-" + code.name()).toList());
    return after(
        job,
        Stream.concat(
                Stream.of(FinalCode.values())
                    .map(code -> ended(job, "node-" + code.name(), code, "")),
                Stream.of(new JobEvent.TimePassed()))
            .toArray(JobEvent[]::new));
  }

  private static Job ofAThousandNodes() {
    List<String> nodes = IntStream.rangeClosed(1, 1000).mapToObj("web%04d"::formatted).toList();
    Job job = SampleJobs.deploy(84, THREAD, nodes);
    List<JobEvent> events = new ArrayList<>();
    events.add(confirmed(job));
    for (int i = 0; i < 950; i++) {
      boolean fails = i % 100 == 7;
      events.add(
          ended(
              job,
              nodes.get(i),
              fails ? FinalCode.FAILED : FinalCode.OK,
              fails ? "health check failed" : "runs 1.4.2"));
    }
    return after(
        SampleJobs.after(job, NOON, events.toArray(JobEvent[]::new)), new JobEvent.TimePassed());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void aJobIsDrawnFromItsState(String name, Job job) throws IOException {
    JobRenderer.Picture picture = RENDERER.draw(job, Optional.empty());
    GoldenMessages.check(name, picture.message());
    assertThat(RENDERER.draw(job, Optional.empty())).isEqualTo(picture);
  }

  private static String words(Job job) {
    return PlainText.of(RENDERER.draw(job, Optional.empty()).message());
  }

  @Test
  void peopleU15_theReasonOfAFailureComesFirstAndTheVersionsStayAtTheEnd() {
    Job job =
        SampleJobs.rollout(
            85,
            new Rollout(Size.NONE, Size.ALL, Duration.ZERO, Size.NONE, Optional.empty()),
            "web1",
            "web2");
    Job failed =
        after(
            job,
            new JobEvent.SlotTaken(),
            confirmed(job),
            said(job, "web1", 1, new ReportBody.Progress("restart", "running")),
            said(job, "web1", 2, new ReportBody.Progress("restart", "failed: exit 1")),
            ended(job, "web1", FinalCode.FAILED, "the restart failed"),
            ended(job, "web2", FinalCode.OK, "runs 1.4.2"));
    List<String> lines = words(failed).lines().toList();
    assertThat(lines.get(1)).isEqualTo("❌ web1 the restart failed");
    assertThat(lines.get(2)).startsWith("Steps: restart ").contains("✗");
    assertThat(lines).contains("web2: 1.4.1 → 1.4.2");
  }

  @Test
  void peopleU15_aJobThatRunsShowsForHowLongAndOneThatIsOverHowLongItTook() {
    Job job = SampleJobs.ping(82, "web1", "web2");
    Job running = after(job, confirmed(job), ended(job, "web1", FinalCode.OK, ""));
    assertThat(words(running)).contains("1 of 2 nodes done · running for 12 s");
    Job over = after(running, ended(job, "web2", FinalCode.OK, ""));
    assertThat(words(over)).contains("2 nodes · took ").doesNotContain("running for");
  }

  @Test
  void theChannelIsNotifiedOfAJobThatDidNotEndWell() throws IOException {
    Job job = SampleJobs.deploy(81, THREAD, List.of("web1", "web2"));
    GoldenMessages.check(
        "job-alarm",
        RENDERER.alarm(
            after(
                job,
                confirmed(job),
                ended(job, "web1", FinalCode.OK, "runs 1.4.2"),
                new JobEvent.TimePassed())));
  }

  @Test
  void trap26_aThousandDifferentAnswersStayWithinAMessageAndNothingIsCutSilently() {
    List<String> nodes = IntStream.rangeClosed(1, 1000).mapToObj("web%04d"::formatted).toList();
    Job job = SampleJobs.deploy(86, THREAD, nodes);
    List<JobEvent> events = new ArrayList<>();
    for (String node : nodes.subList(0, 999)) {
      events.add(ended(job, node, FinalCode.OK, "runs 1.4.2 since boot of " + node));
    }
    Job running = SampleJobs.after(job, NOON, events.toArray(JobEvent[]::new));
    JobRenderer.Picture picture = RENDERER.draw(running, Optional.empty());
    assertThat(picture.isAbridged()).isTrue();
    assertThat(picture.message().blocks()).hasSizeLessThan(50);
    assertThat(picture.message().toString()).contains("… and 981 more groups of answers.");
  }

  @Test
  void aListOfNamesThatIsCutByOneCharacterIsAbridgedToo() {
    for (int count = 60; count < 90; count++) {
      List<String> nodes =
          IntStream.range(0, count).mapToObj(i -> "n" + (char) ('a' + i % 26) + i * 7).toList();
      Job job = SampleJobs.deploy(87, THREAD, nodes);
      Job silent = after(job, confirmed(job), new JobEvent.TimePassed());
      JobRenderer.Picture picture = RENDERER.draw(silent, Optional.empty());
      assertThat(picture.isAbridged())
          .as("%d nodes", count)
          .isEqualTo(!picture.message().toString().contains(allNames(silent)));
    }
  }

  private static String allNames(Job job) {
    return Folding.fold(job.state().nodes().values(), Presenter.PLAIN).getFirst().nodes();
  }

  @Test
  void reliabilityR8_aPresenterThatThrowsDoesNotHoldUpTheEnd() {
    JobRenderer renderer =
        new JobRenderer(name ->
            new Presenter() {
              @Override
              public String describe(NodeOutcome outcome) {
                throw new IllegalStateException("a plugin's fault");
              }

              @Override
              public List<String> summary(List<NodeOutcome> outcomes) {
                throw new IllegalStateException("a plugin's fault");
              }
            });
    Job job = SampleJobs.ping(82, "web1");
    Message message =
        renderer
            .draw(
                after(job, confirmed(job), ended(job, "web1", FinalCode.OK, "pong")),
                Optional.empty())
            .message();
    assertThat(message.toString()).contains("web1").contains("pong");
  }

  @Test
  void aClockThatWasSetBackShowsNoTimeRatherThanANegativeOne() {
    Job ping = SampleJobs.ping(82, "web1");
    Job sent = SampleJobs.after(ping, NOON, confirmed(ping));
    Job done =
        SampleJobs.after(sent, NOON.minusSeconds(3_600), ended(ping, "web1", FinalCode.OK, ""));
    assertThat(done.state().ended()).contains(NOON.minusSeconds(3_600));
    assertThat(RENDERER.draw(done, Optional.empty()).toString())
        .contains("1 node")
        .doesNotContain("took");
  }
}
