package dev.bandmaster.store;

import dev.bandmaster.core.store.Retention;
import java.time.Instant;
import java.util.UUID;

/**
 * Deletes rows that are over. Two replicas that do so at the same time take turns: what one has
 * chosen the other passes over.
 */
final class RetentionTables implements Retention {

  private final Database database;
  private final Dialect dialect;

  RetentionTables(Database database, Dialect dialect) {
    this.database = database;
    this.dialect = dialect;
  }

  @Override
  public int forgetDeliveries(Instant before, int limit) {
    // Ids sort by time, so only old rows are looked at.
    return delete(
        """
        WITH past AS MATERIALIZED (
          SELECT id FROM inbox
          WHERE id < :oldest AND state <> 'NEW' AND finished_at < :before
          ORDER BY id LIMIT :limit%s)
        DELETE FROM inbox WHERE id IN (SELECT id FROM past)\
        """
            .formatted(dialect.claimed("inbox")),
        before,
        limit);
  }

  @Override
  public int forgetMessages(Instant before, int limit) {
    return delete(
        """
        WITH past AS MATERIALIZED (
          SELECT id FROM outbox
          WHERE created_at < :before AND changed_at < :before AND (sent >= version OR parked = 1)
          AND id NOT IN (SELECT 'job:' || job.id FROM job WHERE job.ended_at IS NULL)
          AND NOT (id LIKE 'alert:%%' AND substr(id, 7, 36) IN (
            SELECT alert_episode.id FROM alert_episode WHERE alert_episode.ended_at IS NULL))
          ORDER BY created_at, id LIMIT :limit%s)
        DELETE FROM outbox WHERE id IN (SELECT id FROM past)\
        """
            .formatted(dialect.claimed("outbox")),
        before,
        limit);
  }

  @Override
  public int forgetOutput(Instant before, int limit) {
    return delete(
        """
        WITH past AS MATERIALIZED (
          SELECT job_output.job_id, job_output.node, job_output.position FROM job_output
          JOIN job ON job.id = job_output.job_id
          WHERE job_output.job_id < :oldest AND job.ended_at < :before
          ORDER BY job_output.job_id, job_output.node, job_output.position LIMIT :limit%s)
        DELETE FROM job_output
        WHERE (job_id, node, position) IN (SELECT job_id, node, position FROM past)\
        """
            .formatted(dialect.claimed("job_output")),
        before,
        limit);
  }

  @Override
  public int forgetTransitions(Instant before, int limit) {
    return delete(
        "DELETE FROM node_flip WHERE at <= (SELECT MAX(at) FROM (SELECT at FROM node_flip WHERE at"
            + " < :before ORDER BY at LIMIT :limit) AS past)",
        before,
        limit);
  }

  @Override
  public int forgetAlerts(Instant before, int limit) {
    return delete(
        """
        WITH past AS MATERIALIZED (
          SELECT id FROM alert_episode WHERE ended_at < :before
          ORDER BY ended_at, id LIMIT :limit%s)
        DELETE FROM alert_episode WHERE id IN (SELECT id FROM past)\
        """
            .formatted(dialect.claimed("alert_episode")),
        before,
        limit);
  }

  private int delete(String statement, Instant before, int limit) {
    return database.writing(handle -> {
      var update =
          handle.createUpdate(statement).bind("before", before.toEpochMilli()).bind("limit", limit);
      if (statement.contains(":oldest")) {
        update.bind("oldest", firstIdOf(before));
      }
      return update.execute();
    });
  }

  /** An id that sorts before all that were made at this time or later. */
  private static String firstIdOf(Instant time) {
    return new UUID(Math.max(0, time.toEpochMilli()) << 16, 0).toString();
  }
}
