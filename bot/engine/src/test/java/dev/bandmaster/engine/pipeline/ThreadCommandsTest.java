package dev.bandmaster.engine.pipeline;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.engine.pipeline.PipelineBench.denied;
import static dev.bandmaster.engine.pipeline.PipelineBench.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.fleet.Severity;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.testing.Posted;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.plugin.Rollout.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that are typed in the thread of what they are about, without its number. */
class ThreadCommandsTest {
  private static final Rollout STEPS =
      new Rollout(
          new Size(1, false), new Size(1, false), Duration.ZERO, Size.NONE, Optional.empty());

  @RegisterExtension private final PipelineBench bench = new PipelineBench();

  /** Somebody types something further down in a thread. */
  private CommandResult in(ConversationRef thread, String text) {
    return bench.doing(
        new CommandRequest(
            "inbox-7",
            ANN,
            thread,
            Optional.of("1777896999.000700"),
            text,
            text,
            NOON,
            CommandRequest.Manner.TYPED));
  }

  private String said(ConversationRef thread, String text) {
    return switch (in(thread, text)) {
      case CommandResult.Answered answered -> words(answered.message());
      case CommandResult.Refused refused -> "no: " + refused.reason();
      case CommandResult.Opened(Job job, var _, var _) -> "opened: " + job.canonical();
    };
  }

  private Job running(long number) {
    Job job = SampleJobs.rollout(number, STEPS, "web1", "web2");
    job = SampleJobs.after(job, NOON, new JobEvent.SlotTaken());
    return SampleJobs.after(job, NOON, new JobEvent.Dispatched(job.id(), List.of()));
  }

  private Job cancelled(long number) {
    return SampleJobs.after(
        SampleJobs.rollout(number, STEPS, "web1", "web2"),
        NOON,
        new JobEvent.Cancel("Bob", "stop"));
  }

  private Job keep(Job job) {
    bench.store.commit(new Change.CreateJob(job, "bot-1"));
    return job;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pause   | Job 81 pauses after this batch.
          cancel  | Job 81 is being cancelled. Its message shows the result of each node.
          Cancel  | Job 81 is being cancelled. Its message shows the result of each node.
          stop    | Job 81 is being cancelled. Its message shows the result of each node.
          abort   | Job 81 is being cancelled. Its message shows the result of each node.
          cancel 81 | Job 81 is being cancelled. Its message shows the result of each node.
          resume  | no: Job 81 is not paused.
          retry   | no: Job 81 is still running. To stop it: `cancel 81`.
          retry --failed | no: Job 81 is still running. To stop it: `cancel 81`.
          undo    | no: Job 81 is still running. To undo it, first run `cancel 81`.
          output web1 | web1 printed nothing for job 81.
          job find=oom | No line with 'oom' in the output of job 81.
          cancel 99 | no: There is no job 99. To list jobs: `jobs`.
          """)
  void peopleU5_aCommandWithoutANumberMeansTheJobOfItsThread(String typed, String answer) {
    keep(running(81));
    assertThat(said(THREAD, typed)).isEqualTo(answer);
  }

  @Test
  void peopleU5_whyInAJobsThreadSaysHowItIsAndWhatTheRulesSay() {
    keep(running(81));
    assertThat(said(THREAD, "why"))
        .startsWith("job 81  running\ncodeupdate staging web version=1.4.2")
        .contains("decided by r1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"approve", "reject the error rate is up", "withdraw", "start"})
  void peopleU5_votesMeanTheRequestOfTheThread(String typed) {
    keep(running(81));
    assertThat(said(THREAD, typed)).contains("81").doesNotContain("Which job");
  }

  @Test
  void peopleU5_withArgumentsStopIsTheCommandForApplications() {
    keep(running(81));
    assertThat(said(THREAD, "stop staging web")).startsWith("opened: stop staging web");
  }

  @Test
  void peopleU5_ofSeveralJobsTheNewestIsMeantForWhichTheCommandMakesSense() {
    keep(cancelled(81));
    keep(running(82));
    keep(cancelled(83));
    assertThat(said(THREAD, "cancel")).startsWith("Job 82 is being cancelled");
    assertThat(said(THREAD, "retry")).isEqualTo("opened: retry 83");
  }

  @Test
  void peopleU5_whereSeveralJobsGoOnThePersonIsAsked() {
    keep(running(81));
    keep(running(82));
    assertThat(in(THREAD, "cancel"))
        .isInstanceOfSatisfying(
            CommandResult.Refused.class,
            refused -> {
              assertThat(refused.reason())
                  .isEqualTo("Which job? This thread has 2 that have not ended.");
              assertThat(refused.suggestions()).containsExactly("cancel 82", "cancel 81");
            });
    assertThat(bench.store.jobs().pendingOrders("bot-1")).isEmpty();
  }

  @Test
  void peopleU5_anEndedJobSaysThatItHasEnded() {
    keep(cancelled(81));
    assertThat(said(THREAD, "pause")).isEqualTo("no: Job 81 has ended: cancelled.");
  }

  @Test
  void peopleU5_theThreadUnderAJobsOwnMessageMeansTheJob() {
    ConversationRef channel = THREAD.outsideOfThreads();
    Job job = keep(SampleJobs.deploy(81, channel, List.of("web1")));
    assertThat(said(channel.inThread(post(job.messageId(), channel)), "cancel"))
        .startsWith("Job 81 is ");
  }

  /** Posts an item; says under which timestamp. */
  private String post(String item, ConversationRef place) {
    bench.store.commit(
        new Change.PostMessage(
            item,
            new Outbound.ChannelMessage(place, Message.sentence("a message"), false),
            Urgency.NOW));
    Posted.all(bench.store, bench.clock.instant().plusSeconds(1));
    return bench.store.outbox().timestamp(item).orElseThrow();
  }

  @Test
  void peopleU5_directMessagesWithAPersonAreKnownByTheirId() {
    ConversationRef direct = ConversationRef.directWith(ANN.user());
    Job job = keep(SampleJobs.deploy(81, direct, List.of("web1")));
    String timestamp = post(job.messageId(), direct);
    assertThat(
            said(
                new ConversationRef("D1", ConversationRef.Kind.DIRECT, Optional.of(timestamp)),
                "cancel"))
        .startsWith("Job 81 is ");
    assertThat(
            said(
                new ConversationRef("C7", ConversationRef.Kind.CHANNEL, Optional.of(timestamp)),
                "cancel"))
        .as("another channel")
        .startsWith("no: Which job?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ack        | You acknowledged alert 1. No reminders until it gets worse.
          ack 1      | You acknowledged alert 1. No reminders until it gets worse.
          close      | no: Alert 1 resolves by itself. To silence it until then: `silence 1 --for 2h`.
          """)
  void peopleU5_aCommandWithoutANumberMeansTheAlertOfItsThread(String typed, String answer) {
    assertThat(said(alertThread(), typed)).isEqualTo(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "silence 2h",
        "silence for 2h",
        "silence --for 2h replacing the disk",
        "silence 18:30 replacing the disk",
        "silence until 18:30: it's known"
      })
  void peopleU5_silenceMeansTheAlertOfItsThread(String typed) {
    said(alertThread(), typed);
    assertThat(bench.store.alerts().silences())
        .singleElement()
        .satisfies(silence -> assertThat(silence.matchers()).containsOnlyKeys("topic"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"why", "alert"})
  void peopleU5_whyInAnAlertsThreadShowsTheAlert(String typed) {
    assertThat(said(alertThread(), typed)).contains("web1 last heard at 13:59:30");
  }

  @Test
  void peopleU5_labelsSayThemselvesWhatIsSilenced() {
    said(alertThread(), "silence env=prod 2h");
    assertThat(bench.store.alerts().silences())
        .singleElement()
        .satisfies(silence -> assertThat(silence.matchers()).containsEntry("env", "prod"));
  }

  private ConversationRef alertThread() {
    bench.alerts.report(
        List.of(
            new Signal.Fired(
                new GroupKey("node_down", "main", "staging", ""),
                Alert.of(
                    "node_down:web1",
                    Severity.CRITICAL,
                    "web1",
                    "last heard at 13:59:30",
                    "web1",
                    bench.clock.instant()))));
    Posted.all(bench.store, bench.clock.instant().plusSeconds(1));
    var alert = bench.store.alerts().byNumber(1).orElseThrow();
    String channel = alert.state().posts().getFirst().channel();
    return new ConversationRef(channel, ConversationRef.Kind.CHANNEL, Optional.empty())
        .inThread(
            bench
                .store
                .outbox()
                .timestamp(dev.bandmaster.engine.alerts.AlertNotifier.item(alert, channel))
                .orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cancel | no: Which job? Give its number, as in `cancel 81`, or type `cancel` in the job's thread. To list them: `jobs`. Usage: `cancel <job>`
          ack    | no: Which alert? Give its number, as in `ack 12`, or type `ack` in the alert's thread. To list them: `alerts`. Usage: `ack <alert>`
          """)
  void peopleU5_elsewhereTheAnswerSaysWhatToGive(String typed, String answer) {
    keep(running(81));
    assertThat(said(THREAD.inThread("1777890000.000900"), typed)).isEqualTo(answer);
    assertThat(said(THREAD.outsideOfThreads(), typed)).isEqualTo(answer);
  }

  @Test
  void peopleU5_theRulesDecideAboutTheJobOfTheThread() {
    keep(running(81));
    bench.policy =
        request ->
            request.action().equals("cancel") && request.env().equals("staging")
                ? denied("Not on staging. Ask bob.")
                : PipelineBench.allowed();
    assertThat(said(THREAD, "cancel")).isEqualTo("no: Not on staging. Ask bob.");
    assertThat(said(THREAD, "stop")).isEqualTo("no: Not on staging. Ask bob.");
  }

  @Test
  void peopleU5_whatMayHaveBeenMeantIsOfferedWithTheNumber() {
    keep(running(81));
    assertThat(in(THREAD, "cancle"))
        .isInstanceOfSatisfying(
            CommandResult.Refused.class,
            refused -> assertThat(refused.suggestions()).containsExactly("cancel 81"));
  }

  @Test
  void peopleU5_messagesAboutARequestNameTheirJob() {
    assertThat(Approval.ofMessage("approval:01900000-a:3:word")).contains("01900000-a");
    assertThat(Approval.ofMessage("answer:01900000-a")).isEmpty();
  }
}
