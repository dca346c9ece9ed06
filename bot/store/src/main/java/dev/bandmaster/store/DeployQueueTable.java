package dev.bandmaster.store;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.DeployLock;
import dev.bandmaster.core.store.DeployQueue;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.plugin.Planned.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables {@code deploy_slot} and {@code deploy_lock}. */
final class DeployQueueTable implements DeployQueue {

  /** A lock, owned by the canonical person of the id that set it. */
  private static final String LOCK =
      "environment, application, owner_name, owner_user, reason, since_at, until_at, "
          + PrincipalTable.resolved("owner")
          + " AS canonical_owner";

  private final Database database;
  private final SetAsideTable aside;
  private final InstantSource clock;

  DeployQueueTable(Database database, SetAsideTable aside, InstantSource clock) {
    this.database = database;
    this.aside = aside;
    this.clock = clock;
  }

  void take(Handle handle, Change.EnterDeployQueue take) {
    int taken =
        handle
            .createUpdate(
                """
                INSERT INTO deploy_slot (environment, application, job_id)
                VALUES (:environment, :application, :job)
                ON CONFLICT (environment, application) DO NOTHING\
                """)
            .bind("environment", take.subject().environment())
            .bind("application", take.subject().application())
            .bind("job", take.job())
            .execute();
    if (taken == 0) {
      throw new StoreConflict("another job has started on the application");
    }
  }

  void free(Handle handle, Change.LeaveDeployQueue free) {
    handle.execute("DELETE FROM deploy_slot WHERE job_id = ?", free.job());
  }

  @Override
  public Optional<Obstacle> obstacle(Job job) {
    Subject subject = job.work().subject().orElseThrow();
    return database.read(handle ->
        against(handle, subject.environment(), subject.application(), job.asker().principal())
            .stream()
            .findFirst()
            .<Obstacle>map(Obstacle.Locked::new)
            .or(() -> behind(handle, subject, job.number())));
  }

  /**
   * The jobs before this one: the one that has the slot, and those that waited for it longer. Whom
   * a lock keeps waiting holds up nobody, least of all the person who locked.
   */
  private Optional<Obstacle> behind(Handle handle, Subject subject, long number) {
    List<Obstacle.Behind> before =
        handle
            .createQuery(
                """
                SELECT job.id, job.number, job.title, job.facts,
                  CASE WHEN deploy_slot.job_id IS NULL THEN 1 ELSE 0 END AS rank
                FROM job LEFT JOIN deploy_slot ON deploy_slot.job_id = job.id
                WHERE job.environment = :environment AND job.application = :application
                  AND job.ended_at IS NULL AND job.number <> :number
                  AND (deploy_slot.job_id IS NOT NULL
                    OR (job.status = 'QUEUED' AND job.number < :number))
                ORDER BY rank, job.number\
                """)
            .bind("environment", subject.environment())
            .bind("application", subject.application())
            .bind("number", number)
            .map(
                aside.eachInPart(
                    "job",
                    "id",
                    row ->
                        row.getInt("rank") == 0 || mayBegin(handle, subject, row.getString("facts"))
                            ? Optional.of(
                                new Obstacle.Behind(
                                    row.getLong("number"), row.getString("title"), 0))
                            : Optional.<Obstacle.Behind>empty()))
            .stream()
            // One that cannot be read begins never; so it is in nobody's way.
            .flatMap(read -> read.orElse(Optional.empty()).stream())
            .toList();
    return before.stream()
        .findFirst()
        .map(first -> new Obstacle.Behind(first.number(), first.title(), before.size()));
  }

  private boolean mayBegin(Handle handle, Subject subject, String facts) {
    String asker = SealedJson.read(JobTable.Facts.class, facts).asker().principal();
    return against(handle, subject.environment(), subject.application(), asker).isEmpty();
  }

  void lock(Handle handle, DeployLock lock) {
    int set =
        handle
            .createUpdate(
                """
                INSERT INTO deploy_lock (environment, application, owner, owner_name, owner_user,
                  reason, since_at, until_at)
                VALUES (:environment, :application, :owner, :name, :user, :reason, :since, :until)
                ON CONFLICT (environment, application) DO UPDATE SET owner = excluded.owner,
                  owner_name = excluded.owner_name, owner_user = excluded.owner_user,
                  reason = excluded.reason, since_at = excluded.since_at,
                  until_at = excluded.until_at
                WHERE %s = %s OR deploy_lock.until_at <= excluded.since_at\
                """
                    .formatted(
                        PrincipalTable.resolved("deploy_lock.owner"),
                        PrincipalTable.resolved("excluded.owner")))
            .bind("environment", lock.environment())
            .bind("application", lock.application())
            .bind("owner", lock.owner())
            .bind("name", lock.ownerName())
            .bind("user", lock.user())
            .bind("reason", SafeText.of(lock.reason()))
            .bind("since", lock.since().toEpochMilli())
            .bind("until", lock.until().map(Instant::toEpochMilli).orElse(null))
            .execute();
    if (set == 0) {
      throw new StoreConflict("someone else has locked it");
    }
  }

  void unlock(Handle handle, DeployLock lock) {
    int lifted =
        handle
            .createUpdate(
                """
                DELETE FROM deploy_lock WHERE environment = :environment
                  AND application = :application AND since_at = :since AND %s = %s\
                """
                    .formatted(PrincipalTable.resolved("owner"), PrincipalTable.resolved(":owner")))
            .bind("environment", lock.environment())
            .bind("application", lock.application())
            .bind("since", lock.since().toEpochMilli())
            .bind("owner", lock.owner())
            .execute();
    if (lifted == 0) {
      throw new StoreConflict("the lock no longer exists");
    }
  }

  @Override
  public List<DeployLock> locks() {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT %s FROM deploy_lock WHERE until_at IS NULL OR until_at > :now
                ORDER BY environment, application\
                """
                    .formatted(LOCK))
            .bind("now", clock.millis())
            .map((row, context) -> lock(row))
            .list());
  }

  @Override
  public List<DeployLock> locksAgainst(String environment, String application, String principal) {
    return database.read(handle -> against(handle, environment, application, principal));
  }

  private List<DeployLock> against(
      Handle handle, String environment, String application, String principal) {
    return handle
        .createQuery(
            """
            SELECT %s FROM deploy_lock
            WHERE environment = :environment AND application IN ('', :application)
              AND %s <> %s AND (until_at IS NULL OR until_at > :now)
            ORDER BY application\
            """
                .formatted(
                    LOCK, PrincipalTable.resolved("owner"), PrincipalTable.resolved(":principal")))
        .bind("environment", environment)
        .bind("application", application)
        .bind("principal", principal)
        .bind("now", clock.millis())
        .map((row, context) -> lock(row))
        .list();
  }

  private static DeployLock lock(ResultSet row) throws SQLException {
    return new DeployLock(
        row.getString("environment"),
        row.getString("application"),
        row.getString("canonical_owner"),
        row.getString("owner_name"),
        row.getString("owner_user"),
        row.getString("reason"),
        Instant.ofEpochMilli(row.getLong("since_at")),
        JobTable.time(row, "until_at"));
  }
}
