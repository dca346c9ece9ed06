package dev.bandmaster.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.SetAside;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table {@code set_aside}, and reading row by row: a row that cannot be read is left out and
 * noted, whatever is wrong with it, and the others are read.
 */
final class SetAsideTable implements SetAside {
  private static final Logger LOG = LoggerFactory.getLogger(SetAsideTable.class);

  /** Characters of a reason. */
  private static final int LONGEST_REASON = 300;

  /**
   * What takes a row out of its queue and leaves it where it is, unless it has changed meanwhile. A
   * row of another table stays in its lists, which are short, and is left out each time.
   */
  private static final Map<String, List<String>> OUT_OF_THE_QUEUE =
      Map.of(
          "outbox",
          List.of(
              """
              UPDATE outbox SET parked = 1, reason = 'it cannot be read', claimed_by = '',
                claimed_until = 0
              WHERE id = :id AND item = :seen\
              """),
          "approval",
          List.of("UPDATE approval SET due_at = NULL WHERE id = :id AND progress = :seen"),
          "alert_episode",
          List.of(
              """
              UPDATE alert_episode SET ended_at = :now, due_at = NULL
              WHERE id = :id AND progress = :seen\
              """,
              """
              UPDATE alert_member SET is_firing = 0 WHERE episode_id = :id AND EXISTS
                (SELECT 1 FROM alert_episode WHERE id = :id AND ended_at IS NOT NULL)\
              """));

  /**
   * Tables whose rows are taken out, with the names of their keys: what is in the way there stops
   * its successor, or would be asked for again and again.
   */
  private static final Map<String, String> TAKEN_OUT =
      Map.of("alert_signal", "id", "job_order", "id", "node", "name", "node_life", "name");

  private final Database database;
  private final InstantSource clock;

  /** What was noted since the start, so that it is not noted each time. */
  private final Set<String> noted = ConcurrentHashMap.newKeySet();

  /** What an earlier process could not read, and perhaps this one can. */
  private final Set<String> retried = ConcurrentHashMap.newKeySet();

  SetAsideTable(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Reads a row, which may be anything. */
  @FunctionalInterface
  interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** To be called once the tables are there. */
  void open() {
    database.write(handle ->
        handle.execute(
            """
            DELETE FROM set_aside WHERE source = 'outbox' AND content = ''
              AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.id = set_aside.id AND parked = 1)\
            """));
    database.read(handle ->
        retried.addAll(
            handle
                .createQuery("SELECT source, id FROM set_aside WHERE content = ''")
                .map((row, context) -> key(row.getString("source"), row.getString("id")))
                .list()));
  }

  /** Reads the rows of a table one by one; empty for one that cannot be read. */
  <T> RowMapper<Optional<T>> each(String source, String id, Reading<T> reading) {
    return each(source, id, id, reading);
  }

  /**
   * Reads the rows of a table one by one; empty for one that cannot be read.
   *
   * @param id the column of its key
   * @param seen the column by which a change of the row shows
   */
  <T> RowMapper<Optional<T>> each(String source, String id, String seen, Reading<T> reading) {
    return (row, context) -> {
      try {
        T value = reading.read(row);
        recovered(source, row, id);
        return Optional.of(value);
      } catch (UnreadableRow | IllegalArgumentException | NullPointerException e) {
        fail(source, row, row.getString(id), row.getString(seen), e);
        return Optional.empty();
      }
    };
  }

  /** The same where not all of the row is read. */
  <T> RowMapper<Optional<T>> eachInPart(String source, String id, Reading<T> reading) {
    return (row, context) -> {
      try {
        return Optional.of(reading.read(row));
      } catch (UnreadableRow | IllegalArgumentException | NullPointerException e) {
        fail(source, row, row.getString(id), "", e);
        return Optional.empty();
      }
    };
  }

  private void recovered(String source, ResultSet row, String id) throws SQLException {
    if (retried.isEmpty()) {
      return;
    }
    String name = row.getString(id);
    if (retried.remove(key(source, name))) {
      LOG.info("{} '{}' is readable again", source, name);
      database.afterwards(
          handle ->
              handle.execute("DELETE FROM set_aside WHERE source = ? AND id = ?", source, name),
          () -> retried.add(key(source, name)));
    }
  }

  private void fail(String source, ResultSet row, String id, String seen, RuntimeException fault)
      throws SQLException {
    boolean isNew = noted.add(key(source, id));
    retried.remove(key(source, id));
    if (isNew) {
      LOG.error("{} '{}' is unreadable and was set aside", source, id, fault);
    }
    if (isNew || OUT_OF_THE_QUEUE.containsKey(source) || TAKEN_OUT.containsKey(source)) {
      String reason =
          fault instanceof UnreadableRow && fault.getMessage() != null
              ? fault.getMessage()
              : "its values are inconsistent";
      String content = TAKEN_OUT.containsKey(source) ? content(row) : "";
      database.afterwards(
          handle -> note(handle, source, id, seen, reason, content),
          () -> noted.remove(key(source, id)));
    }
  }

  private static String key(String source, String id) {
    return source + ":" + id;
  }

  /** All columns of a row, as JSON. */
  private static String content(ResultSet row) throws SQLException {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    ResultSetMetaData columns = row.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      content.put(columns.getColumnLabel(i), row.getString(i));
    }
    return content.toString();
  }

  private void note(
      Handle handle, String source, String id, String seen, String reason, String content) {
    handle
        .createUpdate(
            """
            INSERT INTO set_aside (source, id, reason, content, since_at)
            VALUES (:source, :id, :reason, :content, :now)
            ON CONFLICT (source, id) DO UPDATE SET reason = excluded.reason,
              content = CASE WHEN excluded.content = '' THEN set_aside.content
                ELSE excluded.content END\
            """)
        .bind("source", source)
        .bind("id", id)
        .bind("reason", SafeText.of(reason.substring(0, Math.min(LONGEST_REASON, reason.length()))))
        .bind("content", SafeText.of(content))
        .bind("now", clock.millis())
        .execute();
    for (String statement : OUT_OF_THE_QUEUE.getOrDefault(source, List.of())) {
      handle
          .createUpdate(statement)
          .bindMap(Map.of("id", id, "seen", seen, "now", clock.millis()))
          .execute();
    }
    String column = TAKEN_OUT.get(source);
    if (column != null) {
      handle.execute("DELETE FROM " + source + " WHERE " + column + " = ?", id);
    }
  }

  void reported(Handle handle, Change.SetAsideReported reported) {
    for (Row row : reported.rows()) {
      handle.execute(
          "UPDATE set_aside SET reported_at = ? WHERE source = ? AND id = ?",
          clock.millis(),
          row.source(),
          row.id());
    }
  }

  @Override
  public long count() {
    return database.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM set_aside").mapTo(Long.class).one());
  }

  @Override
  public List<Row> unreported(int limit) {
    return database.read(handle -> rows(handle, "reported_at IS NULL", limit));
  }

  /** Rows by a condition, the oldest first. */
  static List<Row> rows(Handle handle, String condition, int limit) {
    return handle
        .createQuery(
            "SELECT source, id, reason, since_at FROM set_aside WHERE "
                + condition
                + " ORDER BY since_at, source, id LIMIT :limit")
        .bind("limit", limit)
        .map((row, context) ->
            new Row(
                row.getString("source"),
                row.getString("id"),
                row.getString("reason"),
                Instant.ofEpochMilli(row.getLong("since_at"))))
        .list();
  }
}
