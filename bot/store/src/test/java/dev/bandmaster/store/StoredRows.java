package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;

import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.AlertGroupState;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalState;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.approval.SampleApprovals;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.fleet.Incident;
import dev.bandmaster.core.fleet.LastSeen;
import dev.bandmaster.core.fleet.NodeHealth;
import dev.bandmaster.core.fleet.NodeRecord;
import dev.bandmaster.core.fleet.NodeState;
import dev.bandmaster.core.fleet.NodeTransition;
import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEffect;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobState;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.DeployLock;
import dev.bandmaster.core.store.Hooks;
import dev.bandmaster.core.store.NodeRecords;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.core.store.Schedules;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.NodePublicKey;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A row of every kind of everything that is stored, and what is read of them. The files under
 * {@code stored/} hold these rows as each released schema wrote them.
 */
final class StoredRows {
  static final String LEASE = "bot-1";

  /** When the rows are written. */
  static final SettableClock CLOCK = new SettableClock(NOON);

  private StoredRows() {}

  /** Fills an empty store. */
  static void fill(Store store) {
    store.leases().take(LEASE, "process-1", Duration.ofHours(1), true);
    jobs(store);
    outbox(store);
    approvals(store);
    alerts(store);
    plans(store);
    nodes(store);
    others(store);
  }

  private static void jobs(Store store) {
    Job running = running();
    store.commit(
        new Change.CreateJob(running, LEASE),
        new Change.EnterDeployQueue(new Planned.Subject("staging", "web", "1.4.2"), running.id()));
    Job begun =
        SampleJobs.after(
            running,
            NOON.plusSeconds(1),
            SampleJobs.said(
                running.id(), "web1", "boot-1", 1, new ReportBody.Accepted(Duration.ofSeconds(5))),
            SampleJobs.said(
                running.id(), "web1", "boot-1", 2, new ReportBody.Output("stdout", "hello\n")));
    store.commit(
        new Change.UpdateJob(
            begun,
            Set.of("web1", "web2"),
            true,
            List.of(new JobEffect.Keep("web1", 0, "hello\n"))));
    for (JobStatus status : JobStatus.values()) {
      Job job = SampleJobs.deploy(10 + place(status), THREAD, List.of("web1"));
      store.commit(new Change.CreateJob(job.with(in(job.state(), status)), LEASE));
    }
    store.commit(new Change.CreateJob(SampleJobs.ping(30, "web1"), LEASE));
    int order = 0;
    for (StoredSamples.Sample sample : StoredSamples.all().values()) {
      if (sample.value() instanceof JobEvent.Order wish) {
        store.commit(new Change.SendJobOrder("order-" + order++, running.id(), wish));
      }
    }
  }

  /** Its place among the others, by which the rows of the stored files are numbered. */
  private static int place(Enum<?> constant) {
    return Arrays.asList(constant.getDeclaringClass().getEnumConstants()).indexOf(constant);
  }

  /** A job in steps whose first wave is under way. */
  static Job running() {
    return SampleJobs.rollout(1, Rollout.AT_ONCE, "web1", "web2");
  }

  private static JobState in(JobState state, JobStatus status) {
    return new JobState(
        status,
        state.nodes(),
        state.waves(),
        state.hasSlot(),
        status == JobStatus.PAUSED,
        1,
        status == JobStatus.CANCELLED ? Optional.of("ann") : Optional.empty(),
        status == JobStatus.PAUSED ? Optional.of(NOON.plusSeconds(60)) : Optional.empty(),
        "note",
        Optional.of(NOON),
        status.compareTo(JobStatus.PAUSED) > 0
            ? Optional.of(NOON.plusSeconds(5))
            : Optional.empty());
  }

  private static void outbox(Store store) {
    // What could be shown when the earlier stores were filled, with which they are compared.
    StoredSamples.of(1)
        .forEach((name, sample) -> {
          if (sample.value() instanceof Outbound item) {
            store.commit(new Change.PostMessage(name, item, Urgency.SOON));
          }
        });
  }

  private static void approvals(Store store) {
    for (ApprovalStatus status : ApprovalStatus.values()) {
      Approval asked = request(100 + place(status));
      store.commit(
          new Change.CreateJob(SampleApprovals.waiting(asked.number()), LEASE),
          new Change.CreateApproval(asked));
      if (status != ApprovalStatus.PENDING) {
        ApprovalState after =
            new ApprovalState(
                status,
                2,
                List.of(StoredSamples.VOTE),
                "note",
                Optional.of(NOON.plusSeconds(3)),
                true,
                false,
                Optional.empty());
        store.commit(new Change.UpdateApproval(asked, after, NOON));
      }
    }
  }

  /** A request that one person of a group has to agree to. */
  static Approval request(long number) {
    return SampleApprovals.request(number, SampleApprovals.wants(SampleApprovals.need(1, "S0SRE")));
  }

  private static void alerts(Store store) {
    AlertGroupState state = StoredSamples.EPISODE;
    store.commit(
        new Change.UpdateAlertGroup(
            Optional.empty(),
            new AlertGroup(
                "episode-1", store.alerts().nextNumber(), StoredSamples.TOPIC, NOON, 0, state)));
    AlertGroupState ended =
        new AlertGroupState(
            Optional.empty(),
            state.members(),
            state.posts(),
            state.notified(),
            state.peak(),
            Optional.empty(),
            Optional.empty(),
            NOON,
            NOON,
            1,
            false,
            false,
            false,
            0,
            Optional.of(NOON),
            Optional.of(NOON),
            Optional.empty());
    store.commit(
        new Change.UpdateAlertGroup(
            Optional.empty(),
            new AlertGroup(
                "episode-2",
                store.alerts().nextNumber(),
                new GroupKey("job_failed", "main", "staging", ""),
                NOON,
                0,
                ended)));
    StoredSamples.all()
        .forEach((name, sample) -> {
          if (sample.value() instanceof Signal signal) {
            store.commit(new Change.RecordSignal(name, signal));
          }
        });
    store.commit(new Change.CreateSilence(StoredSamples.SILENCE));
  }

  /** A scheduled command whose time has come, as the inbox keeps it. */
  private static Change.AcceptDelivery scheduled(Schedules.Schedule schedule) {
    String payload =
        """
        {"schedule":%d,"team":"%s","user":"%s","channel":"%s","kind":"%s","thread":"%s",\
        "command":"%s"}\
        """
            .formatted(
                schedule.number(),
                schedule.owner().team(),
                schedule.owner().user(),
                schedule.place().channel(),
                schedule.place().kind(),
                schedule.place().thread().orElse(""),
                schedule.command());
    return new Change.AcceptDelivery(
        "schedule:" + schedule.number() + ":" + schedule.due().toEpochMilli(),
        "scheduled",
        payload,
        NOON,
        LEASE);
  }

  private static void plans(Store store) {
    StoredSamples.all()
        .forEach((name, sample) -> {
          if (sample.value() instanceof Freeze freeze) {
            store.commit(new Change.DeclareFreeze(store.freezes().nextNumber(), freeze));
          }
          if (sample.value() instanceof Schedules.Schedule schedule) {
            store.commit(new Change.CreateSchedule(schedule), scheduled(schedule));
          }
        });
    store.commit(
        new Change.Lock(
            new DeployLock(
                "prod", "web", "slack:T1:U1", "ann", "U1", "tests", NOON, Optional.empty())),
        new Change.Lock(
            new DeployLock(
                "staging",
                "",
                "slack:T1:U1",
                "ann",
                "U1",
                "move",
                NOON,
                Optional.of(NOON.plusSeconds(3600)))));
  }

  private static void nodes(Store store) {
    StoredSamples.all()
        .forEach((name, sample) -> {
          if (sample.value() instanceof NodeDescription description) {
            store.commit(
                new Change.NodeDescribed(description, 3, 14),
                new Change.NodeSeen(description.node(), 3, 15, NOON, Duration.ofSeconds(20), true));
          }
        });
    store.commit(
        new Change.TrustNode(
            "web1", new NodePublicKey("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), NOON));
    for (NodeState state : NodeState.values()) {
      NodeRecord life = life(state);
      store.commit(
          new Change.NodeChanged(new NodeTransition(Optional.empty(), Optional.of(life)), NOON));
    }
    Incident[] incidents = (Incident[]) StoredSamples.value("watch/incidents");
    store.commit(
        new Change.FleetWatched(
            Optional.empty(), new NodeRecords.Watch("process-1", NOON, List.of(incidents))));
  }

  /** What is known of a node in this state; its name is the state's. */
  static NodeRecord life(NodeState state) {
    NodeHealth standing = (NodeHealth) StoredSamples.value("node/standing");
    return new NodeRecord(
        "node-" + place(state),
        "prod",
        new TreeSet<>(Set.of("web", "db")),
        (LastSeen) StoredSamples.value("node/sign"),
        NOON.plusSeconds(40),
        new NodeHealth(
            state,
            standing.since(),
            standing.notified(),
            standing.flaps(),
            standing.maintenance(),
            standing.silenced()));
  }

  private static void others(Store store) {
    store.commit(
        new Change.RequestHook(
            new Hooks.Call("hook-1", "haproxy", "web1", "{\"event\":\"down\"}", NOON)),
        new Change.IdempotencyKey("ci", "build-7", NOON.plusSeconds(86_400)),
        new Change.KeepPolicy("policy.yaml", "version: 1\n", "4".repeat(64)));
    for (String kind : List.of("EVENT", "INTERACTION", "SLASH")) {
      store.commit(
          new Change.AcceptDelivery(
              "key-" + kind, kind, "{\"payload\":1}", NOON, LEASE, "e-" + kind));
    }
    store.commit(
        new Change.AppendAudit(
            AuditEntry.of(NOON, "slack:T1:U1", "C1", "help", "answered", "the list")));
    store.commit(
        new Change.AppendAudit(
            new AuditEntry(
                NOON,
                "slack:T1:U1",
                "C1",
                "deploy staging web",
                "deploy",
                "staging",
                "web",
                "1",
                "asked",
                "it waits",
                "prod",
                "4".repeat(64),
                (AuditEntry.More) StoredSamples.value("audit/more"))));
    store.commit(new Change.AcceptDelivery("key-handled", "EVENT", "{}", NOON, "bot-2", ""));
    store.commit(new Change.MarkHandled(store.inbox().unhandled("bot-2").getFirst().id()));
    store.commit(new Change.AcceptDelivery("key-abandoned", "EVENT", "{}", NOON, "bot-2", ""));
    store.commit(
        new Change.MarkAbandoned(
            store.inbox().unhandled("bot-2").getFirst().id(), "cannot be read"));
  }

  /**
   * Everything that is read of a store, by what it is. Ids that are made by chance are left out.
   */
  static Map<String, List<?>> read(Store store) {
    Map<String, List<?>> all = lists(store);
    List<Object> jobs = new ArrayList<>();
    for (long number = 0; number < 120; number++) {
      store.jobs().byNumber(number).ifPresent(jobs::add);
    }
    all.put("jobs", jobs);
    all.put("output", List.of(store.jobs().output(running().id(), "web1", 100)));
    List<Object> approvals = new ArrayList<>();
    for (long number = 100; number < 120; number++) {
      store.approvals().byNumber(number).ifPresent(approvals::add);
    }
    all.put("approvals", approvals);
    all.put("alert", store.alerts().find("episode-2").stream().toList());
    return all;
  }

  /** The queues and lists of a store. */
  static Map<String, List<?>> lists(Store store) {
    Instant late = NOON.plus(Duration.ofDays(30));
    Map<String, List<?>> all = new LinkedHashMap<>();
    all.put("unfinished jobs", store.jobs().unfinished(LEASE));
    all.put("orders", store.jobs().pendingOrders(LEASE));
    all.put("recent jobs", store.jobs().recent("", "", 100));
    all.put(
        "outbox",
        store.outbox().due(late, 1_000).stream()
            .sorted(Comparator.comparing(Outbox.Item::id))
            .toList());
    all.put("open approvals", store.approvals().open(100));
    all.put("open alerts", store.alerts().open(100));
    all.put("signals", store.alerts().signals(100));
    all.put("silences", store.alerts().silences());
    all.put("freezes", store.freezes().all());
    all.put("schedules", store.schedules().all());
    all.put("locks", store.slots().locks());
    all.put("nodes", store.nodes().all());
    all.put("keys", store.nodes().trusted().entrySet().stream().toList());
    all.put("lives", store.lives().all());
    all.put("history", store.lives().history("node-1", 10));
    all.put("watch", store.lives().watch().stream().toList());
    all.put("hooks", store.hooks().waiting(late, 100));
    all.put(
        "inbox",
        store.inbox().unhandled(LEASE).stream()
            .map(item -> List.of(item.kind(), item.payload(), item.received(), item.envelope()))
            .map(Object.class::cast)
            .sorted(Comparator.comparing(Object::toString))
            .toList());
    all.put("audit", store.audit().after(0, 100));
    all.put("policy", store.policy().stream().toList());
    return all;
  }
}
