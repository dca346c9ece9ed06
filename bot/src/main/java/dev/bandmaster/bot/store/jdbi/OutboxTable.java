package dev.bandmaster.bot.store.jdbi;

import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Change.Urgency;
import dev.bandmaster.bot.store.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code outbox}. */
final class OutboxTable implements Outbox {

  private final Database database;
  private final InstantSource clock;

  OutboxTable(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  void show(Handle handle, Change.Show show) {
    handle
        .createUpdate(
            """
            INSERT INTO outbox (id, item, urgency, created_at, changed_at)
            VALUES (:id, :item, :urgency, :now, :now)
            ON CONFLICT (id) DO UPDATE SET
              item = excluded.item,
              urgency = excluded.urgency,
              version = outbox.version + 1,
              parked = 0,
              changed_at = excluded.changed_at\
            """)
        .bind("id", show.id())
        .bind("item", SealedJson.write(Outbound.class, show.item()))
        .bind("urgency", show.urgency().rank())
        .bind("now", clock.millis())
        .execute();
  }

  @Override
  public List<Item> due(Instant now, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id, item, urgency, version, timestamp, attempts, uncertain FROM outbox
                WHERE sent < version AND parked = 0 AND next_at <= :now
                ORDER BY urgency, changed_at LIMIT :limit\
                """)
            .bind("now", now.toEpochMilli())
            .bind("limit", limit)
            .map((row, context) -> item(row))
            .list());
  }

  private static Item item(ResultSet row) throws SQLException {
    return new Item(
        row.getString("id"),
        SealedJson.read(Outbound.class, row.getString("item")),
        Urgency.ofRank(row.getInt("urgency")),
        row.getLong("version"),
        Optional.ofNullable(row.getString("timestamp")),
        row.getInt("attempts"),
        row.getInt("uncertain") != 0);
  }

  @Override
  public Optional<Instant> nextAttempt() {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT MIN(next_at) AS next FROM outbox WHERE sent < version AND parked = 0")
            .map((row, context) -> {
              long next = row.getLong("next");
              return row.wasNull() ? null : Instant.ofEpochMilli(next);
            })
            .findOne());
  }

  @Override
  public void sent(String id, long version, String timestamp) {
    update(
        id,
        "sent = :version, timestamp = COALESCE(NULLIF(:text, ''), timestamp), attempts = 0,"
            + " uncertain = 0, next_at = 0, reason = ''",
        version,
        timestamp);
  }

  @Override
  public void postpone(String id, Instant next, boolean uncertain, String reason) {
    update(
        id,
        "next_at = :version, attempts = attempts + 1, reason = :text"
            + (uncertain ? ", uncertain = 1" : ""),
        next.toEpochMilli(),
        reason);
  }

  @Override
  public void repost(String id) {
    update(id, "timestamp = NULL, reason = :text, next_at = :version", 0, "posted anew");
  }

  @Override
  public void park(String id, String reason) {
    update(id, "parked = 1, reason = :text, next_at = :version", 0, reason);
  }

  private void update(String id, String assignments, long version, String text) {
    database.write(handle ->
        handle
            .createUpdate("UPDATE outbox SET " + assignments + " WHERE id = :id")
            .bind("id", id)
            .bind("version", version)
            .bind("text", text)
            .execute());
  }

  @Override
  public long waiting() {
    return count("sent < version AND parked = 0");
  }

  @Override
  public long parked() {
    return count("parked = 1");
  }

  private long count(String condition) {
    return database.read(handle ->
        handle
            .createQuery("SELECT COUNT(*) FROM outbox WHERE " + condition)
            .mapTo(Long.class)
            .one());
  }

  @Override
  public Optional<String> timestamp(String id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT timestamp FROM outbox WHERE id = :id AND timestamp IS NOT NULL")
            .bind("id", id)
            .mapTo(String.class)
            .findOne());
  }
}
