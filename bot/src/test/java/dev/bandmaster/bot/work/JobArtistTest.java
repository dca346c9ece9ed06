package dev.bandmaster.bot.work;

import static dev.bandmaster.bot.job.SampleJobs.NOON;
import static dev.bandmaster.bot.job.SampleJobs.THREAD;
import static dev.bandmaster.bot.job.SampleJobs.end;
import static dev.bandmaster.bot.job.SampleJobs.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.bot.command.Commands;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.job.JobEvent;
import dev.bandmaster.bot.job.JobMachine;
import dev.bandmaster.bot.job.NodeWork;
import dev.bandmaster.bot.job.SampleJobs;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.standard.StandardPlugins;
import dev.bandmaster.wire.FinalCode;
import dev.bandmaster.wire.ReplyBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JobArtistTest {
  private static final JobArtist ARTIST = new JobArtist(Commands.presenters(StandardPlugins.all()));
  private static final JobEvent CONFIRMED = new JobEvent.Dispatched(List.of());

  private static Job after(Job job, JobEvent... events) {
    Job now = job;
    for (int i = 0; i < events.length; i++) {
      now = now.with(JobMachine.apply(now.state(), List.of(events[i]), NOON.plusMillis(40L * i)));
    }
    return now;
  }

  private static JobEvent said(Job job, String node, long sequence, ReplyBody body) {
    return new JobEvent.Replied(reply(job, node, sequence, body));
  }

  private static JobEvent ended(Job job, String node, FinalCode code, String message) {
    return said(job, node, 100, end(code, message));
  }

  static Stream<Arguments> pictures() {
    Job deploy = SampleJobs.deploy(81, THREAD, List.of("web1", "web2", "web3", "web4"));
    Job ping = SampleJobs.ping(82, "db1", "web1", "web2");
    return Stream.of(
        Arguments.of("job-queued", deploy),
        Arguments.of(
            "job-waiting-for-the-broker",
            after(
                deploy,
                new JobEvent.Delayed(
                    "The broker is away; I keep trying until the deadline. Connection refused."))),
        Arguments.of(
            "job-running",
            after(
                deploy,
                CONFIRMED,
                said(deploy, "web1", 1, new ReplyBody.Accepted()),
                said(deploy, "web2", 1, new ReplyBody.Progress("fetch", "1.4.2")),
                said(deploy, "web3", 1, new ReplyBody.Progress("fetch", "1.4.2")),
                ended(deploy, "web4", FinalCode.OK, "runs 1.4.2"))),
        Arguments.of(
            "job-succeeded",
            after(
                deploy,
                CONFIRMED,
                ended(deploy, "web1", FinalCode.OK, "runs 1.4.2"),
                ended(deploy, "web2", FinalCode.OK, "runs 1.4.2"),
                ended(deploy, "web3", FinalCode.OK, "runs 1.4.2"),
                ended(deploy, "web4", FinalCode.OK, "runs 1.4.2"))),
        Arguments.of(
            "job-partly-failed-with-silent-nodes",
            after(
                deploy,
                new JobEvent.Dispatched(List.of("web4")),
                ended(deploy, "web1", FinalCode.OK, "runs 1.4.2"),
                said(deploy, "web2", 1, new ReplyBody.Output("stderr", "no space left\non /srv\n")),
                ended(deploy, "web2", FinalCode.FAILED, "unpack failed"),
                new JobEvent.DeadlinePassed())),
        Arguments.of(
            "job-with-every-end",
            after(
                SampleJobs.deploy(
                    83,
                    THREAD,
                    Stream.of(FinalCode.values()).map(code -> "node-" + code.name()).toList()),
                Stream.of(FinalCode.values())
                    .map(code -> ended(deploy, "node-" + code.name(), code, ""))
                    .toArray(JobEvent[]::new))),
        Arguments.of(
            "job-unroutable",
            after(deploy, new JobEvent.Unroutable("Nobody listens for web in staging."))),
        Arguments.of("job-nobody-answered", after(ping, CONFIRMED, new JobEvent.DeadlinePassed())),
        Arguments.of(
            "job-ping",
            after(
                ping,
                CONFIRMED,
                ended(ping, "web1", FinalCode.OK, ""),
                ended(ping, "db1", FinalCode.OK, ""),
                ended(ping, "web2", FinalCode.OK, ""))),
        Arguments.of("job-of-a-thousand-nodes", ofAThousandNodes()));
  }

  private static Job ofAThousandNodes() {
    List<String> nodes = IntStream.rangeClosed(1, 1000).mapToObj("web%04d"::formatted).toList();
    Job job = SampleJobs.deploy(84, THREAD, nodes);
    List<JobEvent> events = new ArrayList<>();
    events.add(CONFIRMED);
    for (int i = 0; i < 950; i++) {
      boolean fails = i % 100 == 7;
      events.add(
          ended(
              job,
              nodes.get(i),
              fails ? FinalCode.FAILED : FinalCode.OK,
              fails ? "health check failed" : "runs 1.4.2"));
    }
    events.add(new JobEvent.DeadlinePassed());
    return job.with(JobMachine.apply(job.state(), events, NOON));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void aJobIsDrawnFromItsState(String name, Job job) throws IOException {
    JobArtist.Picture picture = ARTIST.draw(job);
    JobPictures.check(name, picture.message());
    assertThat(ARTIST.draw(job)).isEqualTo(picture);
  }

  @Test
  void theChannelIsToldOfAJobThatDidNotEndWell() throws IOException {
    Job job = SampleJobs.deploy(81, THREAD, List.of("web1", "web2"));
    JobPictures.check(
        "job-alarm",
        ARTIST.alarm(
            after(
                job,
                CONFIRMED,
                ended(job, "web1", FinalCode.OK, "runs 1.4.2"),
                new JobEvent.DeadlinePassed())));
  }

  @Test
  void theTranscriptHoldsWhatEveryNodeSaid() throws IOException {
    Job job = SampleJobs.deploy(81, THREAD, List.of("web1", "web2", "web3"));
    JobPictures.checkText(
        "job-transcript.txt",
        ARTIST.transcript(
            after(
                job,
                CONFIRMED,
                said(job, "web2", 1, new ReplyBody.Output("stdout", "one\ntwo\n")),
                ended(job, "web2", FinalCode.FAILED, "exit 2"),
                ended(job, "web1", FinalCode.OK, "runs 1.4.2"),
                new JobEvent.DeadlinePassed())));
  }

  @Test
  void trap26_tenMegabytesOfOutputAreAbridgedAndTheFileHasTheRest() {
    Job job = SampleJobs.deploy(85, THREAD, List.of("web1"));
    job = after(job, CONFIRMED);
    String piece = "a line of output\n".repeat(15_000);
    for (int i = 1; i <= 40; i++) {
      job = after(job, said(job, "web1", i, new ReplyBody.Output("stdout", piece)));
    }
    assertThat(ARTIST.draw(job).isAbridged()).isTrue();
    assertThat(ARTIST.draw(job).message().toString())
        .contains("Shortened; everything the nodes said comes as a file at the end.");
    job = after(job, ended(job, "web1", FinalCode.FAILED, "printed too much"));
    JobArtist.Picture picture = ARTIST.draw(job);
    assertThat(picture.isAbridged()).isTrue();
    assertThat(picture.message().toString())
        .hasSizeLessThan(4_000)
        .contains("Shortened; everything the nodes said is in the file below.");
    assertThat(ARTIST.transcript(job))
        .hasSizeGreaterThan(NodeWork.OUTPUT_LIMIT)
        .contains("sent more than 1 MiB");
  }

  @Test
  void trap26_aThousandDifferentAnswersStayWithinAMessageAndNothingIsCutSilently() {
    List<String> nodes = IntStream.rangeClosed(1, 1000).mapToObj("web%04d"::formatted).toList();
    Job job = SampleJobs.deploy(86, THREAD, nodes);
    List<JobEvent> events = new ArrayList<>();
    for (String node : nodes.subList(0, 999)) {
      events.add(ended(job, node, FinalCode.OK, "runs 1.4.2 since boot of " + node));
    }
    Job running = job.with(JobMachine.apply(job.state(), events, NOON));
    JobArtist.Picture picture = ARTIST.draw(running);
    assertThat(picture.isAbridged()).isTrue();
    assertThat(picture.message().blocks()).hasSizeLessThan(50);
    assertThat(picture.message().toString()).contains("… and 981 more groups of answers.");
    assertThat(nodes.subList(0, 999)).allMatch(ARTIST.transcript(running)::contains);
  }

  @Test
  void aListOfNamesThatIsCutByOneCharacterIsAbridgedToo() {
    for (int count = 60; count < 90; count++) {
      List<String> nodes =
          IntStream.range(0, count).mapToObj(i -> "n" + (char) ('a' + i % 26) + i * 7).toList();
      Job job = SampleJobs.deploy(87, THREAD, nodes);
      Job silent = after(job, CONFIRMED, new JobEvent.DeadlinePassed());
      JobArtist.Picture picture = ARTIST.draw(silent);
      assertThat(picture.isAbridged())
          .as("%d nodes", count)
          .isEqualTo(!picture.message().toString().contains(allNames(silent)));
    }
  }

  private static String allNames(Job job) {
    return Folding.fold(job.state().outcomes(), Presenter.PLAIN).getFirst().nodes();
  }

  @Test
  void reliabilityR8_aPresenterThatThrowsDoesNotHoldUpTheEnd() {
    JobArtist artist =
        new JobArtist(name ->
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
        artist.draw(after(job, CONFIRMED, ended(job, "web1", FinalCode.OK, "pong"))).message();
    assertThat(message.toString()).contains("web1").contains("pong");
  }
}
