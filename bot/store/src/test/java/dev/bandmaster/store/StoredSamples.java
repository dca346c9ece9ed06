package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;

import dev.bandmaster.acl.Requirement;
import dev.bandmaster.acl.Who;
import dev.bandmaster.core.alert.Acknowledgement;
import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.AlertGroupState;
import dev.bandmaster.core.alert.Destination;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.alert.GroupedAlert;
import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalState;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.approval.Snapshot;
import dev.bandmaster.core.approval.Vote;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.fleet.EventVersion;
import dev.bandmaster.core.fleet.FlapDetection;
import dev.bandmaster.core.fleet.Incident;
import dev.bandmaster.core.fleet.LastSeen;
import dev.bandmaster.core.fleet.NodeHealth;
import dev.bandmaster.core.fleet.NodeState;
import dev.bandmaster.core.fleet.NotifiedState;
import dev.bandmaster.core.fleet.Severity;
import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.freeze.FreezeScope;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobState;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.core.runbook.RunbookRun;
import dev.bandmaster.core.runbook.RunbookStatus;
import dev.bandmaster.core.runbook.StepPhase;
import dev.bandmaster.core.runbook.StepRun;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Schedules;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.plugin.Runbook;
import dev.bandmaster.plugin.Text;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One value of every kind that the store keeps as JSON. No two components of a record that could
 * take each other's place have equal values, so that a mix-up shows. Maps and sets hold one value,
 * since their order is not fixed.
 */
final class StoredSamples {

  private StoredSamples() {}

  /** A value, and the type as which its column is written and read. */
  record Sample(Class<?> type, Object value) {}

  static final ConversationRef DIRECT =
      new ConversationRef("D1", ConversationRef.Kind.DIRECT, Optional.empty());
  static final ConversationRef SHARED =
      new ConversationRef("C2", ConversationRef.Kind.SHARED_CHANNEL, Optional.of("1.1"));
  static final UserRef BOB = new UserRef("T2", "U2");

  static final Message EVERYTHING =
      Message.of(
          new Message.Header("a header"),
          new Message.Paragraph(
              new Text(
                  List.of(
                      new Text.Span.Plain("plain"),
                      new Text.Span.Bold("bold"),
                      new Text.Span.Code("code"),
                      new Text.Span.Person("U1"),
                      new Text.Span.Group("S1"),
                      new Text.Span.Channel("C1"),
                      new Text.Span.Link("https://ci.example/7", "build 7"),
                      new Text.Span.Moment(NOON, true)))),
          new Message.Preformatted("two\nlines, ünïcödé and 🚀"),
          new Message.Footnote(Text.plain("small")),
          new Message.Divider(),
          new Message.Buttons(
              List.of(
                  new Message.Button(
                      "job.again",
                      "job-1",
                      "Run again",
                      Message.Button.Style.DANGER,
                      Optional.of(new Message.Confirmation("Again?", "Sure?", "Yes", "No"))),
                  new Message.Button(
                      "job.cancel",
                      "job-2",
                      "Cancel",
                      Message.Button.Style.PLAIN,
                      Optional.empty()),
                  new Message.Button(
                      "job.pause",
                      "job-3",
                      "Pause",
                      Message.Button.Style.PRIMARY,
                      Optional.empty()))));

  private static final Message SHORT = Message.sentence("short");

  static final GroupKey TOPIC = new GroupKey("node_down", "main", "prod", "webhook:ci");

  static final Alert ALERT =
      new Alert(
          "node_down:web1",
          Severity.CRITICAL,
          "web1 is down",
          "silent since noon",
          "web1",
          List.of("web"),
          Map.of("label", "value"),
          List.of("web1", "web2"),
          NOON,
          Optional.of(Duration.ofMinutes(5)));

  static final Silence SILENCE =
      new Silence(
          3,
          Silence.Kind.MAINTENANCE,
          Map.of("node", "web1"),
          NOON,
          NOON.plusSeconds(3600),
          "ann",
          "new disks");

  static final GroupedAlert MEMBER =
      new GroupedAlert(
          ALERT,
          2,
          NOON.plusSeconds(7),
          Optional.of(NOON.plusSeconds(9)),
          GroupedAlert.Known.FIRING);

  static final AlertGroupState EPISODE =
      new AlertGroupState(
          Optional.of("a headline"),
          Map.of("node_down:web1", MEMBER),
          List.of(new Destination("C7", "<!here>", "C8")),
          Optional.of(NOON.plusSeconds(1)),
          Severity.WARNING,
          Optional.of(new Acknowledgement("U1", "ann", NOON.plusSeconds(2), Severity.INFO)),
          Optional.of(SILENCE),
          NOON.plusSeconds(3),
          NOON.plusSeconds(4),
          5,
          true,
          false,
          true,
          6,
          Optional.of(NOON.plusSeconds(7)),
          Optional.empty(),
          Optional.of(NOON.plusSeconds(9)));

  static final Planned.Work WORK =
      new Planned.Work(
          "codeupdate staging web version=1.4.2",
          "deploy",
          "install",
          Data.Fields.EMPTY.with("app", "web").with("is", "no kind"),
          new Planned.Reach.Frozen(List.of("web1", "web2")),
          Planned.Effect.CHANGES,
          new Rollout(
              new Rollout.Size(1, false),
              new Rollout.Size(25, true),
              Duration.ofSeconds(30),
              new Rollout.Size(2, false),
              Optional.of(
                  new Rollout.Check("health", "probe", Data.Fields.EMPTY.with("deep", true)))),
          Optional.of(new Planned.Subject("staging", "web", "1.4.2")),
          List.of(new Planned.Difference(List.of("web1"), "1.4.1", "1.4.2")),
          List.of());

  private static final JobState NO_STATE =
      new JobState(
          JobStatus.QUEUED,
          Map.of(),
          List.of(),
          true,
          false,
          0,
          Optional.empty(),
          Optional.empty(),
          "",
          Optional.empty(),
          Optional.empty());

  private static final Job JOB =
      new Job(
          "01900000-0000-7000-8000-000000000042",
          42,
          "codeupdate",
          new Right("deploy", "staging", "web"),
          "codeupdate staging web version=1.4.2 --emergency",
          ANN,
          "ann",
          List.of("S1"),
          THREAD,
          Optional.of("1777896000.000100"),
          WORK,
          "bus",
          Optional.of("the site is down"),
          NOON,
          Duration.ofMinutes(1),
          NO_STATE);

  private static final Planned.Work BROADCAST =
      new Planned.Work(
          "ping",
          "ping",
          "echo",
          Data.Fields.EMPTY,
          new Planned.Reach.Broadcast("prod", "role=frontend", List.of("web1")),
          Planned.Effect.READ_ONLY,
          Rollout.AT_ONCE,
          Optional.empty(),
          List.of(),
          List.of());

  private static final Snapshot SNAPSHOT =
      new Snapshot(
          List.of("prod"),
          "4".repeat(64),
          List.of(
              new Requirement(
                  new Who(false, Set.of("U5"), Set.of("T9:U6"), Set.of("S0SRE"), List.of("sre")),
                  2)),
          3,
          Duration.ofMinutes(15),
          true,
          false,
          Optional.of(Duration.ofHours(2)),
          "frozen for the fair",
          true);

  static final Vote VOTE =
      new Vote(
          BOB,
          "bob",
          true,
          NOON.plusSeconds(11),
          "fine",
          Optional.of(Duration.ofSeconds(5)),
          Set.of(1),
          false);

  private static final ApprovalState APPROVAL =
      new ApprovalState(
          ApprovalStatus.SUPERSEDED,
          4,
          List.of(VOTE),
          "a note",
          Optional.of(NOON.plusSeconds(12)),
          true,
          false,
          Optional.of("01900000-0000-7000-9000-000000000043"));

  private static final Incident INCIDENT =
      new Incident(
          Incident.Kind.MASS_LOSS,
          new dev.bandmaster.core.fleet.FleetScope("prod"),
          NOON,
          NOON.plusSeconds(1),
          Duration.ofSeconds(30),
          Optional.of(NOON.plusSeconds(2)),
          12,
          NOON.plusSeconds(3));

  /** Those that the releases knew which wrote this format. */
  static Map<String, Sample> of(int format) {
    Map<String, Sample> samples = all();
    if (format == 1) {
      samples.remove("job/left_out");
      samples.remove("reach/chosen_by_backend");
      samples.remove("runbook_run");
      samples.remove("values/runbook_status");
      samples.remove("values/step_phase");
    }
    return samples;
  }

  /** One of them. */
  static Object value(String name) {
    return Objects.requireNonNull(all().get(name), name).value();
  }

  /** All of them, by names that never change: the golden files name them so. */
  static Map<String, Sample> all() {
    Map<String, Sample> all = new LinkedHashMap<>();
    outbound(
        all, "message", new Outbound.ChannelMessage(THREAD, EVERYTHING, true, Optional.of("U1")));
    outbound(all, "ephemeral", new Outbound.Ephemeral(SHARED, "U1", SHORT));
    outbound(all, "reaction", new Outbound.Reaction("C1", "1.1", "white_check_mark", "eyes"));
    outbound(
        all,
        "file",
        new Outbound.FileAttachment(DIRECT, "job-1.txt", "Everything", "line", Optional.of("U1")));
    outbound(all, "home", new Outbound.HomeTab("U1", SHORT));
    outbound(all, "heartbeat", new Outbound.Heartbeat(NOON));
    outbound(
        all,
        "thread_reply",
        new Outbound.ThreadReply(
            "job:1", new Outbound.ChannelMessage(THREAD, SHORT, false, Optional.empty())));
    order(all, "approved", new JobEvent.Approved("ann"));
    order(all, "declined", new JobEvent.Declined("ann", "not today"));
    order(all, "pause", new JobEvent.Pause("ann"));
    order(all, "resume", new JobEvent.Resume("ann"));
    order(all, "retry_failed", new JobEvent.RetryFailed("ann", List.of("r-1", "r-2")));
    order(all, "cancel", new JobEvent.Cancel("ann", "r-3"));
    all.put(
        "signal/fired",
        new Sample(Signal.class, new Signal.Fired(TOPIC, Optional.of("a headline"), ALERT)));
    all.put("signal/cleared", new Sample(Signal.class, new Signal.Cleared("node_down:web1")));
    put(all, "job", JobTable.Facts.of(JOB));
    put(
        all,
        "job/broadcast",
        new JobTable.Facts(
            "01900000-0000-7000-8000-000000000043",
            43,
            "ping",
            new Right("ping", "", ""),
            "ping",
            BOB,
            "bob",
            List.of(),
            DIRECT,
            Optional.empty(),
            BROADCAST,
            Optional.of("bus"),
            Optional.empty(),
            NOON,
            Duration.ofMinutes(2)));
    all.put(
        "reach/chosen_by_backend",
        new Sample(Planned.Reach.class, new Planned.Reach.ChosenByBackend("web@staging", false)));
    put(
        all,
        "job/left_out",
        new JobTable.Facts(
            "01900000-0000-7000-8000-000000000044",
            44,
            "adhoc",
            new Right("adhoc", "prod", ""),
            "adhoc prod uptime",
            ANN,
            "ann",
            List.of(),
            DIRECT,
            Optional.empty(),
            BROADCAST.leavingOut(List.of("web3")),
            Optional.of("bootstrapper"),
            Optional.empty(),
            NOON,
            Duration.ofMinutes(3)));
    put(
        all,
        "job/progress",
        new JobTable.Progress(
            true,
            false,
            2,
            Optional.of("ann"),
            Optional.of(NOON.plusSeconds(1)),
            "a note",
            Optional.of(NOON.plusSeconds(2))));
    put(
        all,
        "approval",
        new Approval(
            "01900000-0000-7000-9000-000000000042",
            "01900000-0000-7000-8000-000000000042",
            42,
            new Right("deploy", "staging", "web"),
            "codeupdate staging web version=1.4.2",
            "a".repeat(64),
            ANN,
            "ann",
            THREAD,
            SNAPSHOT,
            NOON,
            NOON.plusSeconds(3600),
            Optional.of("01900000-0000-7000-9000-000000000040"),
            Optional.of("01900000-0000-7000-9000-000000000041"),
            APPROVAL));
    put(all, "approval/progress", APPROVAL);
    put(all, "approval/vote", VOTE);
    put(
        all,
        "schedule",
        new Schedules.Schedule(
            5, ANN, "ann", THREAD, "discover", Optional.of("0 3 * * *"), NOON.plusSeconds(60)));
    put(
        all,
        "runbook_run",
        new RunbookRun(
            90,
            "nightly",
            ANN,
            "ann",
            THREAD,
            Optional.of("1777896000.000100"),
            Map.of("env", "staging"),
            List.of(
                step(
                    new Runbook.Work.Command("ping env={env}"),
                    Runbook.OnFailure.ASK,
                    StepPhase.DONE,
                    91),
                step(
                    new Runbook.Work.Question("Go on?", List.of("yes"), Optional.of("go")),
                    Runbook.OnFailure.CONTINUE,
                    StepPhase.FAILED,
                    0),
                step(
                    new Runbook.Work.Approval("Really?", 2, List.of("S1")),
                    Runbook.OnFailure.STOP,
                    StepPhase.ASKING,
                    0),
                step(
                    new Runbook.Work.Pause(Duration.ofMinutes(5)),
                    Runbook.OnFailure.STOP,
                    StepPhase.WAITING,
                    0)),
            RunbookStatus.RUNNING,
            NOON,
            Optional.empty(),
            "",
            7));
    put(all, "alert", new AlertTable.Facts("01900000-0000-7000-a000-000000000001", 1, TOPIC, NOON));
    put(all, "alert/progress", EPISODE);
    put(all, "alert/member", MEMBER);
    put(all, "silence", SILENCE);
    put(
        all,
        "freeze/person",
        new Freeze(
            new Freeze.Origin.Person(7, "slack:T1:U1", "ann"),
            new FreezeScope(List.of("prod"), List.of("web")),
            NOON,
            NOON.plusSeconds(3600),
            "the fair"));
    put(
        all,
        "freeze/configuration",
        new Freeze(
            new Freeze.Origin.Configuration("weekend"),
            new FreezeScope(List.of(), List.of()),
            NOON,
            NOON.plusSeconds(7200),
            "weekend"));
    put(
        all,
        "audit/more",
        new AuditEntry.More(
            "ann", "01900000", "1.1", "b".repeat(64), "PENDING", "5", true, Optional.of("e-1")));
    put(all, "watch/incidents", new Incident[] {INCIDENT});
    put(
        all,
        "node/sign",
        new LastSeen(
            new EventVersion(3, 14),
            NOON,
            Duration.ofSeconds(20),
            true,
            Optional.of(NOON.plusSeconds(1))));
    put(
        all,
        "node/standing",
        new NodeHealth(
            NodeState.DOWN,
            NOON,
            NotifiedState.FLAPPING,
            new FlapDetection(5, NOON.plusSeconds(1), true),
            Optional.of(NOON.plusSeconds(2)),
            Optional.of(NOON.plusSeconds(3))));
    put(
        all,
        "node/description",
        new NodeDescription(
            "web1",
            "main",
            "staging",
            Map.of("web", "1.4.2"),
            List.of("frontend"),
            List.of("blue"),
            Map.of("os", "linux"),
            List.of("ping")));
    put(all, "values/place_kind", ConversationRef.Kind.values());
    put(all, "values/button_style", Message.Button.Style.values());
    put(all, "values/severity", Severity.values());
    put(all, "values/effect", Planned.Effect.values());
    put(all, "values/job_status", JobStatus.values());
    put(all, "values/node_status", NodeStatus.values());
    put(all, "values/wave_kind", Wave.Kind.values());
    put(all, "values/wave_phase", Wave.Phase.values());
    put(all, "values/approval_status", ApprovalStatus.values());
    put(all, "values/member_known", GroupedAlert.Known.values());
    put(all, "values/silence_kind", Silence.Kind.values());
    put(all, "values/incident_kind", Incident.Kind.values());
    put(all, "values/node_state", NodeState.values());
    put(all, "values/node_notified", NotifiedState.values());
    put(all, "values/runbook_status", RunbookStatus.values());
    put(all, "values/step_phase", StepPhase.values());
    return all;
  }

  private static void outbound(Map<String, Sample> all, String name, Outbound value) {
    all.put("outbound/" + name, new Sample(Outbound.class, value));
  }

  private static void order(Map<String, Sample> all, String name, JobEvent.Order value) {
    all.put("order/" + name, new Sample(JobEvent.Order.class, value));
  }

  private static StepRun step(
      Runbook.Work work, Runbook.OnFailure onFailure, StepPhase phase, long job) {
    return new StepRun(
        new Runbook.Step(work.getClass().getSimpleName(), work, onFailure),
        phase,
        job > 0 ? 1 : 0,
        job,
        "",
        phase == StepPhase.ASKING ? List.of(new StepRun.Answer(ANN, "ann", "approve")) : List.of(),
        phase == StepPhase.WAITING ? Optional.empty() : Optional.of(NOON));
  }

  private static void put(Map<String, Sample> all, String name, Object value) {
    all.put(name, new Sample(value.getClass(), value));
  }
}
