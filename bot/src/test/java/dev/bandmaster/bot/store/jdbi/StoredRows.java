package dev.bandmaster.bot.store.jdbi;

import static dev.bandmaster.bot.job.SampleJobs.NOON;
import static dev.bandmaster.bot.job.SampleJobs.THREAD;

import dev.bandmaster.bot.alert.Episode;
import dev.bandmaster.bot.alert.EpisodeState;
import dev.bandmaster.bot.alert.Signal;
import dev.bandmaster.bot.alert.Topic;
import dev.bandmaster.bot.approval.Approval;
import dev.bandmaster.bot.approval.ApprovalState;
import dev.bandmaster.bot.approval.ApprovalStatus;
import dev.bandmaster.bot.approval.SampleApprovals;
import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.freeze.Freeze;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.job.JobEffect;
import dev.bandmaster.bot.job.JobEvent;
import dev.bandmaster.bot.job.JobState;
import dev.bandmaster.bot.job.JobStatus;
import dev.bandmaster.bot.job.SampleJobs;
import dev.bandmaster.bot.node.Flip;
import dev.bandmaster.bot.node.Incident;
import dev.bandmaster.bot.node.NodeLife;
import dev.bandmaster.bot.node.NodeState;
import dev.bandmaster.bot.node.Sign;
import dev.bandmaster.bot.node.Standing;
import dev.bandmaster.bot.schedule.ScheduledItem;
import dev.bandmaster.bot.store.AuditEntry;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Change.Urgency;
import dev.bandmaster.bot.store.DeployLock;
import dev.bandmaster.bot.store.Hooks;
import dev.bandmaster.bot.store.Lives;
import dev.bandmaster.bot.store.Outbox;
import dev.bandmaster.bot.store.Schedules;
import dev.bandmaster.bot.store.SettableClock;
import dev.bandmaster.bot.store.Store;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.wire.NodeDescription;
import dev.bandmaster.wire.NodePublicKey;
import dev.bandmaster.wire.ReplyBody;
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
    store.seats().take(LEASE, "process-1", Duration.ofHours(1), true);
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
        new Change.Open(running, LEASE),
        new Change.TakeSlot(new Planned.Subject("staging", "web", "1.4.2"), running.id()));
    Job begun =
        SampleJobs.after(
            running,
            NOON.plusSeconds(1),
            SampleJobs.said(
                running.id(), "web1", "boot-1", 1, new ReplyBody.Accepted(Duration.ofSeconds(5))),
            SampleJobs.said(
                running.id(), "web1", "boot-1", 2, new ReplyBody.Output("stdout", "hello\n")));
    store.commit(
        new Change.Advance(
            begun,
            Set.of("web1", "web2"),
            true,
            List.of(new JobEffect.Keep("web1", 0, "hello\n"))));
    for (JobStatus status : JobStatus.values()) {
      Job job = SampleJobs.deploy(10 + place(status), THREAD, List.of("web1"));
      store.commit(new Change.Open(job.with(in(job.state(), status)), LEASE));
    }
    store.commit(new Change.Open(SampleJobs.ping(30, "web1"), LEASE));
    int order = 0;
    for (StoredSamples.Sample sample : StoredSamples.all().values()) {
      if (sample.value() instanceof JobEvent.Order wish) {
        store.commit(new Change.Tell("order-" + order++, running.id(), wish));
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
    StoredSamples.all()
        .forEach((name, sample) -> {
          if (sample.value() instanceof Outbound item) {
            store.commit(new Change.Show(name, item, Urgency.SOON));
          }
        });
  }

  private static void approvals(Store store) {
    for (ApprovalStatus status : ApprovalStatus.values()) {
      Approval asked = request(100 + place(status));
      store.commit(
          new Change.Open(SampleApprovals.waiting(asked.number()), LEASE), new Change.Ask(asked));
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
        store.commit(new Change.Judge(asked, after, NOON));
      }
    }
  }

  /** A request that one person of a group has to agree to. */
  static Approval request(long number) {
    return SampleApprovals.request(number, SampleApprovals.wants(SampleApprovals.need(1, "S0SRE")));
  }

  private static void alerts(Store store) {
    EpisodeState state = StoredSamples.EPISODE;
    store.commit(
        new Change.Alerted(
            Optional.empty(),
            new Episode(
                "episode-1", store.alerts().nextNumber(), StoredSamples.TOPIC, NOON, 0, state)));
    EpisodeState ended =
        new EpisodeState(
            Optional.empty(),
            state.members(),
            state.posts(),
            state.told(),
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
        new Change.Alerted(
            Optional.empty(),
            new Episode(
                "episode-2",
                store.alerts().nextNumber(),
                new Topic("job_failed", "main", "staging", ""),
                NOON,
                0,
                ended)));
    StoredSamples.all()
        .forEach((name, sample) -> {
          if (sample.value() instanceof Signal signal) {
            store.commit(new Change.Signalled(name, signal));
          }
        });
    store.commit(new Change.Silenced(StoredSamples.SILENCE));
  }

  private static void plans(Store store) {
    StoredSamples.all()
        .forEach((name, sample) -> {
          if (sample.value() instanceof Freeze freeze) {
            store.commit(new Change.DeclareFreeze(store.freezes().nextNumber(), freeze));
          }
          if (sample.value() instanceof Schedules.Schedule schedule) {
            store.commit(new Change.Plan(schedule), ScheduledItem.of(schedule, NOON, LEASE));
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
                new Change.Describe(description, 3, 14),
                new Change.Hear(description.node(), 3, 15, NOON, Duration.ofSeconds(20), true));
          }
        });
    store.commit(
        new Change.Trust(
            "web1", new NodePublicKey("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), NOON));
    for (NodeState state : NodeState.values()) {
      NodeLife life = life(state);
      store.commit(new Change.Flipped(new Flip(Optional.empty(), Optional.of(life)), NOON));
    }
    Incident[] incidents = (Incident[]) StoredSamples.value("watch/incidents");
    store.commit(
        new Change.Watched(
            Optional.empty(), new Lives.Watch("process-1", NOON, List.of(incidents))));
  }

  /** What is known of a node in this state; its name is the state's. */
  static NodeLife life(NodeState state) {
    Standing standing = (Standing) StoredSamples.value("node/standing");
    return new NodeLife(
        "node-" + place(state),
        "prod",
        new TreeSet<>(Set.of("web", "db")),
        (Sign) StoredSamples.value("node/sign"),
        NOON.plusSeconds(40),
        new Standing(
            state,
            standing.since(),
            standing.told(),
            standing.flaps(),
            standing.maintenance(),
            standing.silenced()));
  }

  private static void others(Store store) {
    store.commit(
        new Change.HookCalled(
            new Hooks.Call("hook-1", "haproxy", "web1", "{\"event\":\"down\"}", NOON)),
        new Change.Once("ci", "build-7", NOON.plusSeconds(86_400)),
        new Change.KeepPolicy("policy.yaml", "version: 1\n", "4".repeat(64)));
    for (String kind : List.of("EVENT", "INTERACTION", "SLASH")) {
      store.commit(
          new Change.Receive("key-" + kind, kind, "{\"payload\":1}", NOON, LEASE, "e-" + kind));
    }
    store.commit(
        new Change.Note(AuditEntry.of(NOON, "slack:T1:U1", "C1", "help", "answered", "the list")));
    store.commit(
        new Change.Note(
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
    store.commit(new Change.Receive("key-handled", "EVENT", "{}", NOON, "bot-2", ""));
    store.commit(new Change.Handled(store.inbox().unhandled("bot-2").getFirst().id()));
    store.commit(new Change.Receive("key-abandoned", "EVENT", "{}", NOON, "bot-2", ""));
    store.commit(
        new Change.Abandoned(store.inbox().unhandled("bot-2").getFirst().id(), "cannot be read"));
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
    all.put("orders", store.jobs().told(LEASE));
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
