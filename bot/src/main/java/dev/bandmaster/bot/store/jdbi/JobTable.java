package dev.bandmaster.bot.store.jdbi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.job.JobState;
import dev.bandmaster.bot.job.JobStatus;
import dev.bandmaster.bot.job.NodeWork;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Jobs;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.NodeStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The tables {@code job} and {@code job_node}. */
final class JobTable implements Jobs {

  private static final JobState NO_STATE = JobState.queued(List.of());

  private final Database database;

  JobTable(Database database) {
    this.database = database;
  }

  @Override
  public long nextNumber() {
    return database.writing(handle ->
        handle
            .createQuery("UPDATE job_number SET value = value + 1 RETURNING value")
            .mapTo(Long.class)
            .one());
  }

  void open(Handle handle, Job job) {
    handle
        .createUpdate(
            """
            INSERT INTO job (id, number, status, facts, note, created_at, deadline_at)
            VALUES (:id, :number, :status, :facts, :note, :created, :deadline)\
            """)
        .bind("id", job.id())
        .bind("number", job.number())
        .bind("status", job.state().status().name())
        .bind("facts", SealedJson.write(job.with(NO_STATE)))
        .bind("note", job.state().note())
        .bind("created", job.created().toEpochMilli())
        .bind("deadline", job.deadline().toEpochMilli())
        .execute();
    save(handle, job.id(), job.state().nodes().values());
  }

  void advance(Handle handle, Change.Advance advance) {
    Job job = advance.job();
    JobState state = job.state();
    handle
        .createUpdate(
            """
            UPDATE job SET status = :status, note = :note, dispatched_at = :dispatched,
              ended_at = :ended WHERE id = :id\
            """)
        .bind("status", state.status().name())
        .bind("note", state.note())
        .bind("dispatched", millis(state.dispatched()))
        .bind("ended", millis(state.ended()))
        .bind("id", job.id())
        .execute();
    save(handle, job.id(), advance.touched().stream().map(state.nodes()::get).toList());
  }

  private static @Nullable Long millis(Optional<Instant> time) {
    return time.map(Instant::toEpochMilli).orElse(null);
  }

  private static void save(Handle handle, String jobId, Collection<NodeWork> nodes) {
    if (nodes.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO job_node
              (job_id, node, status, message, output, data, latency_ms, boot, sequence)
            VALUES (:job, :node, :status, :message, :output, :data, :latency, :boot, :sequence)
            ON CONFLICT (job_id, node) DO UPDATE SET status = excluded.status,
              message = excluded.message, output = excluded.output, data = excluded.data,
              latency_ms = excluded.latency_ms, boot = excluded.boot, sequence = excluded.sequence\
            """);
    for (NodeWork work : nodes) {
      NodeOutcome outcome = work.outcome();
      batch
          .bind("job", jobId)
          .bind("node", outcome.node())
          .bind("status", outcome.status().name())
          .bind("message", storable(outcome.message()))
          .bind("output", storable(outcome.output()))
          .bind("data", storable(SealedJson.write(JsonNode.class, outcome.data())))
          .bind("latency", outcome.latency().toMillis())
          .bind("boot", work.boot())
          .bind("sequence", work.sequence())
          .add();
    }
    batch.execute();
  }

  /** PostgreSQL has no NUL in text; it is shown as the symbol for it. */
  private static String storable(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\u2400');
  }

  @Override
  public List<Job> unfinished() {
    return database.read(handle -> load(handle, "ended_at IS NULL", ""));
  }

  @Override
  public Optional<Job> find(String id) {
    return database.read(handle -> load(handle, "id = :id", id).stream().findFirst());
  }

  private static List<Job> load(Handle handle, String condition, String id) {
    return handle
        .createQuery("SELECT * FROM job WHERE " + condition + " ORDER BY id")
        .bindMap(id.isEmpty() ? Map.of() : Map.of("id", id))
        .map((row, context) -> job(handle, row))
        .list();
  }

  private static Job job(Handle handle, ResultSet row) throws SQLException {
    Job facts = SealedJson.read(Job.class, row.getString("facts"));
    return facts.with(
        new JobState(
            JobStatus.valueOf(row.getString("status")),
            nodes(handle, facts.id()),
            row.getString("note"),
            time(row, "dispatched_at"),
            time(row, "ended_at")));
  }

  private static Map<String, NodeWork> nodes(Handle handle, String jobId) {
    return handle
        .createQuery("SELECT * FROM job_node WHERE job_id = :job")
        .bind("job", jobId)
        .map((row, context) ->
            new NodeWork(
                new NodeOutcome(
                    row.getString("node"),
                    NodeStatus.valueOf(row.getString("status")),
                    row.getString("message"),
                    row.getString("output"),
                    data(row.getString("data")),
                    Duration.ofMillis(row.getLong("latency_ms"))),
                row.getString("boot"),
                row.getLong("sequence")))
        .stream()
        .collect(Collectors.toMap(work -> work.outcome().node(), work -> work));
  }

  /** A missing node is written as null, and null is read as one. */
  private static JsonNode data(String json) {
    JsonNode data = SealedJson.read(JsonNode.class, json);
    return data.isNull() ? MissingNode.getInstance() : data;
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
