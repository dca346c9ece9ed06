package dev.bandmaster.store;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Excerpt;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobState;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.NodeWork;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The tables {@code job}, {@code job_wave} and {@code job_node}. */
final class JobTable {

  private static final Subject NO_SUBJECT = new Subject("", "", "");

  private JobTable() {}

  /** What never changes about a job. */
  record Facts(
      String id,
      long number,
      String command,
      Right right,
      String canonical,
      UserRef asker,
      String askerName,
      List<String> groups,
      ConversationRef place,
      Optional<String> question,
      Planned.Work work,
      Optional<String> backend,
      Optional<String> emergency,
      Instant created,
      Duration patience) {

    /** What carried out the jobs that were stored before backends had names. */
    private static final String UNNAMED_BACKEND = "bus";

    Facts {
      backend = Optional.of(backend.orElse(UNNAMED_BACKEND));
    }

    static Facts of(Job job) {
      return new Facts(
          job.id(),
          job.number(),
          job.command(),
          job.right(),
          job.canonical(),
          job.asker(),
          job.askerName(),
          job.groups(),
          job.place(),
          job.question(),
          job.work(),
          Optional.of(job.backend()),
          job.emergency(),
          job.created(),
          job.patience());
    }

    Job in(JobState state) {
      return new Job(
          id,
          number,
          command,
          right,
          canonical,
          asker,
          askerName,
          groups,
          place,
          question,
          work,
          backend.orElse(UNNAMED_BACKEND),
          emergency,
          created,
          patience,
          state);
    }
  }

  /** What changes about a job beside its waves and nodes. */
  record Progress(
      boolean hasSlot,
      boolean held,
      int tolerated,
      Optional<String> cancelledBy,
      Optional<Instant> resumes,
      String note,
      Optional<Instant> dispatched) {

    static Progress of(JobState state) {
      return new Progress(
          state.hasSlot(),
          state.held(),
          state.tolerated(),
          state.cancelledBy(),
          state.resumes(),
          state.note(),
          state.dispatched());
    }
  }

  static void open(Handle handle, Change.CreateJob open) {
    Job job = open.job();
    Subject subject = job.work().subject().orElse(NO_SUBJECT);
    handle
        .createUpdate(
            """
            INSERT INTO job (id, number, seat, status, title, asker, asker_id, environment,
              application, version, channel, thread, facts, progress, created_at, ended_at)
            VALUES (:id, :number, :seat, :status, :title, :asker, :askerId, :environment,
              :application, :version, :channel, :thread, :facts, :progress, :created, :ended)\
            """)
        .bind("id", job.id())
        .bind("number", job.number())
        .bind("seat", open.lease())
        .bind("status", StoredNames.of(job.state().status()))
        .bind("title", SafeText.of(job.work().title()))
        .bind("asker", SafeText.of(job.askerName()))
        .bind("askerId", job.asker().principal())
        .bind("environment", subject.environment())
        .bind("application", subject.application())
        .bind("version", subject.version())
        .bind("channel", job.place().channel())
        .bind("thread", job.place().thread().orElse(""))
        .bind("facts", SealedJson.write(Facts.of(job)))
        .bind("progress", SealedJson.write(Progress.of(job.state())))
        .bind("created", job.created().toEpochMilli())
        .bind("ended", millis(job.state().ended()))
        .execute();
    saveWaves(handle, job);
    saveNodes(handle, job.id(), job.state().nodes().values());
  }

  static void advance(Handle handle, Change.UpdateJob advance) {
    Job job = advance.job();
    JobState state = job.state();
    handle
        .createUpdate(
            """
            UPDATE job SET status = :status, progress = :progress, ended_at = :ended
            WHERE id = :id\
            """)
        .bind("status", StoredNames.of(state.status()))
        .bind("progress", SealedJson.write(Progress.of(state)))
        .bind("ended", millis(state.ended()))
        .bind("id", job.id())
        .execute();
    if (advance.wavesChanged()) {
      handle.execute("DELETE FROM job_wave WHERE job_id = ?", job.id());
      saveWaves(handle, job);
    }
    saveNodes(handle, job.id(), advance.touched().stream().map(state.nodes()::get).toList());
    // The only name that leaves a job: the one that stood for hosts, once they have reported.
    job.standIn()
        .filter(name -> !state.nodes().containsKey(name))
        .ifPresent(name ->
            handle.execute("DELETE FROM job_node WHERE job_id = ? AND node = ?", job.id(), name));
  }

  private static @Nullable Long millis(Optional<Instant> time) {
    return time.map(Instant::toEpochMilli).orElse(null);
  }

  private static void saveWaves(Handle handle, Job job) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO job_wave (job_id, position, request, kind, phase, nodes, answered, sent_at,
              deadline_at, handle)
            VALUES (:job, :position, :request, :kind, :phase, :nodes, :answered, :sent, :deadline,
              :handle)\
            """);
    int position = 0;
    for (Wave wave : job.state().waves()) {
      batch
          .bind("job", job.id())
          .bind("position", position++)
          .bind("request", wave.request())
          .bind("kind", StoredNames.of(wave.kind()))
          .bind("phase", StoredNames.of(wave.phase()))
          .bind("nodes", String.join(",", wave.nodes()))
          .bind("answered", String.join(",", wave.answered()))
          .bind("sent", millis(wave.sent()))
          .bind("deadline", millis(wave.deadline()))
          .bind("handle", wave.handle().orElse(null))
          .add();
    }
    if (position > 0) {
      batch.execute();
    }
  }

  private static void saveNodes(Handle handle, String jobId, Collection<NodeWork> nodes) {
    if (nodes.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO job_node (job_id, node, status, message, data, latency_ms, request, boot,
              sequence, heard_at, heartbeat_ms, output_head, output_tail, output_length, output_fingerprint,
              steps)
            VALUES (:job, :node, :status, :message, :data, :latency, :request, :boot,
              :sequence, :heard, :heartbeat, :head, :tail, :length, :fingerprint, :steps)
            ON CONFLICT (job_id, node) DO UPDATE SET status = excluded.status,
              message = excluded.message, data = excluded.data, latency_ms = excluded.latency_ms,
              request = excluded.request, boot = excluded.boot, sequence = excluded.sequence,
              heard_at = excluded.heard_at, heartbeat_ms = excluded.heartbeat_ms,
              output_head = excluded.output_head,
              output_tail = excluded.output_tail, output_length = excluded.output_length,
              output_fingerprint = excluded.output_fingerprint, steps = excluded.steps\
            """);
    for (NodeWork work : nodes) {
      batch
          .bind("job", jobId)
          .bind("node", work.node())
          .bind("status", StoredNames.of(work.status()))
          .bind("message", SafeText.of(work.message()))
          .bind("data", SafeText.of(SealedJson.writeForeign(work.data())))
          .bind("latency", work.latency().toMillis())
          .bind("request", work.request())
          .bind("boot", work.boot())
          .bind("sequence", work.sequence())
          .bind("heard", work.lastSeen().toEpochMilli())
          .bind("heartbeat", work.heartbeat().toMillis())
          .bind("head", SafeText.of(work.output().head()))
          .bind("tail", SafeText.of(work.output().tail()))
          .bind("length", work.output().length())
          .bind("fingerprint", work.output().fingerprint())
          .bind("steps", SafeText.of(NodeStepLines.write(work.steps())))
          .add();
    }
    batch.execute();
  }

  /** Reads jobs with all their parts, the oldest first; those that can be read. */
  static List<Job> load(
      Handle handle, SetAsideTable aside, String condition, Map<String, ?> values) {
    return handle
        .createQuery("SELECT * FROM job WHERE " + condition + " ORDER BY job.id")
        .bindMap(values)
        .map(aside.each("job", "id", row -> job(handle, row)))
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Job job(Handle handle, ResultSet row) throws SQLException {
    Facts facts = SealedJson.read(Facts.class, row.getString("facts"));
    Progress progress = SealedJson.read(Progress.class, row.getString("progress"));
    return facts.in(
        new JobState(
            StoredNames.constant(JobStatus.class, row.getString("status")),
            nodes(handle, facts.id()),
            waves(handle, facts.id()),
            progress.hasSlot(),
            progress.held(),
            progress.tolerated(),
            progress.cancelledBy(),
            progress.resumes(),
            progress.note(),
            progress.dispatched(),
            time(row, "ended_at")));
  }

  private static List<Wave> waves(Handle handle, String jobId) {
    return handle
        .createQuery("SELECT * FROM job_wave WHERE job_id = :job ORDER BY position")
        .bind("job", jobId)
        .map((row, context) ->
            new Wave(
                row.getString("request"),
                StoredNames.constant(Wave.Kind.class, row.getString("kind")),
                names(row.getString("nodes")),
                StoredNames.constant(Wave.Phase.class, row.getString("phase")),
                time(row, "sent_at"),
                time(row, "deadline_at"),
                Optional.ofNullable(row.getString("handle")),
                Set.copyOf(names(row.getString("answered")))))
        .list();
  }

  private static List<String> names(String joined) {
    return joined.isEmpty() ? List.of() : List.of(joined.split(","));
  }

  private static Map<String, NodeWork> nodes(Handle handle, String jobId) {
    return handle
        .createQuery("SELECT * FROM job_node WHERE job_id = :job")
        .bind("job", jobId)
        .map((row, context) ->
            new NodeWork(
                row.getString("node"),
                StoredNames.constant(NodeStatus.class, row.getString("status")),
                row.getString("message"),
                SealedJson.readForeign(row.getString("data")),
                Duration.ofMillis(row.getLong("latency_ms")),
                row.getString("request"),
                row.getString("boot"),
                row.getLong("sequence"),
                Instant.ofEpochMilli(row.getLong("heard_at")),
                Duration.ofMillis(row.getLong("heartbeat_ms")),
                new Excerpt(
                    row.getString("output_head"),
                    row.getString("output_tail"),
                    row.getLong("output_length"),
                    row.getLong("output_fingerprint")),
                NodeStepLines.read(row.getString("steps"))))
        .stream()
        .collect(Collectors.toMap(NodeWork::node, Function.identity()));
  }

  static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
