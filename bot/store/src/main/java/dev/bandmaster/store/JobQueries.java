package dev.bandmaster.store;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Interests;
import dev.bandmaster.core.store.Jobs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Queries about jobs, and the orders for them. */
final class JobQueries implements Jobs {

  private final Database database;
  private final SetAsideTable aside;
  private final InterestTable interests;

  JobQueries(Database database, SetAsideTable aside) {
    this.database = database;
    this.aside = aside;
    this.interests = new InterestTable(database);
  }

  @Override
  public Interests interests() {
    return interests;
  }

  @Override
  public long nextNumber() {
    return database.writing(handle ->
        handle
            .createQuery("UPDATE job_number SET value = value + 1 RETURNING value")
            .mapTo(Long.class)
            .one());
  }

  @Override
  public List<Job> unfinished(String lease) {
    return database.read(handle ->
        JobTable.load(handle, aside, "ended_at IS NULL AND seat = :seat", Map.of("seat", lease)));
  }

  @Override
  public List<String> unfinishedIds(String lease) {
    return database.read(handle ->
        handle
            .createQuery("SELECT id FROM job WHERE ended_at IS NULL AND seat = :seat")
            .bind("seat", lease)
            .mapTo(String.class)
            .list());
  }

  @Override
  public Set<String> nodesUnderWork() {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT DISTINCT job_node.node FROM job JOIN job_node ON job_node.job_id = job.id
                WHERE job.ended_at IS NULL AND job.status = 'RUNNING' AND job.application <> ''\
                """)
            .mapTo(String.class)
            .set());
  }

  @Override
  public Optional<Job> find(String id) {
    return one("id = :id", Map.of("id", id));
  }

  @Override
  public Optional<Job> byNumber(long number) {
    return one("number = :number", Map.of("number", number));
  }

  @Override
  public Optional<Job> byRequest(String request) {
    return one(
        "id = (SELECT job_id FROM job_wave WHERE request = :request)", Map.of("request", request));
  }

  @Override
  public List<Job> inThread(String channel, String thread, int limit) {
    return database.read(handle ->
        JobTable.load(
                handle,
                aside,
                """
                id IN (SELECT id FROM job WHERE thread = :thread AND thread <> ''
                  AND channel = :channel ORDER BY number DESC LIMIT :limit)\
                """,
                Map.of("thread", thread, "channel", channel, "limit", limit))
            .reversed());
  }

  @Override
  public List<Job> about(String environment, String application, int limit) {
    return database.read(handle ->
        JobTable.load(
                handle,
                aside,
                """
                id IN (SELECT id FROM job WHERE environment = :environment
                  AND application = :application ORDER BY number DESC LIMIT :limit)\
                """,
                Map.of("environment", environment, "application", application, "limit", limit))
            .reversed());
  }

  private Optional<Job> one(String condition, Map<String, ?> values) {
    return database.read(
        handle -> JobTable.load(handle, aside, condition, values).stream().findFirst());
  }

  static void send(Handle handle, Change.SendJobOrder send) {
    handle
        .createUpdate("INSERT INTO job_order (id, job_id, wish) VALUES (:id, :job, :wish)")
        .bind("id", send.id())
        .bind("job", send.job())
        .bind("wish", SealedJson.write(JobEvent.Order.class, send.order()))
        .execute();
  }

  static void delivered(Handle handle, Change.OrderDelivered delivered) {
    handle.execute("DELETE FROM job_order WHERE id = ?", delivered.id());
  }

  @Override
  public List<PendingOrder> pendingOrders(String lease) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT job_order.id, job_order.job_id, job_order.wish
                FROM job_order JOIN job ON job.id = job_order.job_id
                WHERE job.seat = :seat ORDER BY job_order.id\
                """)
            .bind("seat", lease)
            .map(
                aside.each(
                    "job_order",
                    "id",
                    row ->
                        new PendingOrder(
                            row.getString("id"),
                            row.getString("job_id"),
                            SealedJson.read(JobEvent.Order.class, row.getString("wish")))))
            .stream()
            .flatMap(Optional::stream)
            .toList());
  }

  @Override
  public List<Line> recent(String environment, String application, int limit) {
    return lines(
        """
        (:environment = '' OR environment = :environment)
          AND (:application = '' OR application = :application)\
        """,
        Map.of("environment", environment, "application", application),
        limit);
  }

  @Override
  public List<Line> of(String asker, int limit) {
    return lines(
        """
        (asker_id = :asker OR asker_id IN (
          SELECT alias FROM principal_alias WHERE principal = :asker))\
        """,
        Map.of("asker", asker),
        limit);
  }

  @Override
  public List<Line> before(
      long before, Optional<String> environment, Optional<String> application, int limit) {
    return lines(
        """
        number < :before
          AND (:environment = '' OR environment = :environment)
          AND (:application = '' OR application = :application)\
        """,
        Map.of(
            "before", before,
            "environment", environment.orElse(""),
            "application", application.orElse("")),
        "number DESC",
        limit);
  }

  private List<Line> lines(String condition, Map<String, String> values, int limit) {
    return lines(
        condition, values, "CASE WHEN ended_at IS NULL THEN 0 ELSE 1 END, number DESC", limit);
  }

  private List<Line> lines(String condition, Map<String, ?> values, String order, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id, number, status, title, asker, created_at, ended_at,
                  (SELECT COUNT(*) FROM job_node WHERE job_id = job.id) AS nodes,
                  (SELECT COUNT(*) FROM job_node WHERE job_id = job.id AND status = 'OK') AS good
                FROM job WHERE %s
                ORDER BY %s LIMIT :limit\
                """
                    .formatted(condition, order))
            .bindMap(values)
            .bind("limit", limit)
            .map(
                aside.eachInPart(
                    "job",
                    "id",
                    row ->
                        new Line(
                            row.getLong("number"),
                            StoredNames.constant(JobStatus.class, row.getString("status")),
                            row.getString("title"),
                            row.getString("asker"),
                            Instant.ofEpochMilli(row.getLong("created_at")),
                            JobTable.time(row, "ended_at"),
                            row.getInt("nodes"),
                            row.getInt("good"))))
            .stream()
            .flatMap(Optional::stream)
            .toList());
  }

  @Override
  public List<String> deployed(String environment, String application, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT version, MAX(number) AS newest FROM job
                WHERE environment = :environment AND application = :application
                  AND status = 'SUCCEEDED' AND version <> ''
                GROUP BY version ORDER BY newest DESC LIMIT :limit\
                """)
            .bind("environment", environment)
            .bind("application", application)
            .bind("limit", limit)
            .map((row, context) -> row.getString("version"))
            .list());
  }

  @Override
  public Optional<String> attempted(String environment, String application) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT version FROM job
                WHERE environment = :environment AND application = :application
                  AND ended_at IS NOT NULL AND version <> ''
                ORDER BY number DESC LIMIT 1\
                """)
            .bind("environment", environment)
            .bind("application", application)
            .map((row, context) -> row.getString("version"))
            .findFirst());
  }

  @Override
  public boolean hasRun(String environment, String application, String version) {
    return database.read(handle ->
        handle
                .createQuery(
                    """
                    SELECT COUNT(*) FROM job
                    WHERE environment = :environment AND application = :application
                      AND version = :version AND status = 'SUCCEEDED'\
                    """)
                .bind("environment", environment)
                .bind("application", application)
                .bind("version", version)
                .mapTo(Long.class)
                .one()
            > 0);
  }

  @Override
  public String output(String job, String node, int limit) {
    return database.read(handle -> JobOutputTable.read(handle, job, node, limit));
  }

  @Override
  public void outputs(String job, Consumer<Printed> reader) {
    database.read(handle -> {
      JobOutputTable.readAll(handle, job, reader);
      return true;
    });
  }
}
