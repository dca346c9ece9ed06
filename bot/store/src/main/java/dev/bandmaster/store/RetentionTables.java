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
    return deleteChosen(
        "inbox",
        "id",
        """
        SELECT id FROM inbox
        WHERE id < :oldest AND state <> 'NEW' AND finished_at < :before
        ORDER BY id\
        """,
        before,
        limit);
  }

  @Override
  public int forgetMessages(Instant before, int limit) {
    return deleteChosen(
        "outbox",
        "id",
        """
        SELECT id FROM outbox
        WHERE created_at < :before AND changed_at < :before AND (sent >= version OR parked = 1)
        AND id NOT IN (SELECT 'job:' || job.id FROM job WHERE job.ended_at IS NULL)
        AND NOT (id LIKE 'alert:%' AND substr(id, 7, 36) IN (
          SELECT alert_episode.id FROM alert_episode WHERE alert_episode.ended_at IS NULL))
        ORDER BY created_at, id\
        """,
        before,
        limit);
  }

  @Override
  public int forgetOutput(Instant before, int limit) {
    return deleteChosen(
        "job_output",
        "job_id, node, position",
        """
        SELECT job_output.job_id, job_output.node, job_output.position FROM job_output
        JOIN job ON job.id = job_output.job_id
        WHERE job_output.job_id < :oldest AND job.ended_at < :before
        ORDER BY job_output.job_id, job_output.node, job_output.position\
        """,
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
    return deleteChosen(
        "alert_episode",
        "id",
        """
        SELECT id FROM alert_episode WHERE ended_at < :before
        ORDER BY ended_at, id\
        """,
        before,
        limit);
  }

  /**
   * Deletes rows that a query chooses and no other replica has chosen.
   *
   * @param key the columns of the table by which its rows are found
   * @param query gives these columns, the oldest rows first
   */
  private int deleteChosen(String table, String key, String query, Instant before, int limit) {
    String chosen = query + " LIMIT :limit" + dialect.claimed(table);
    return delete(
        """
        WITH past AS MATERIALIZED (%s)
        DELETE FROM %s WHERE (%s) IN (SELECT %s FROM past)\
        """
            .formatted(chosen, table, key, key),
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
