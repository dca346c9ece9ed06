package dev.bandmaster.bot.store.jdbi;

import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Change.Urgency;
import dev.bandmaster.bot.store.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code outbox}. */
final class OutboxTable implements Outbox {

  /** What is given back when an item is not being sent any more. */
  private static final String RELEASED = "claimed_by = '', claimed_until = 0";

  private static final String HELD = " WHERE id = :id AND claimed_by = :holder AND claim = :claim";

  private static final String COLUMNS =
      "id, item, urgency, version, timestamp, attempts, uncertain, claim";

  private final Database database;
  private final SetAsideTable aside;
  private final InstantSource clock;

  /** Claims are compared by one clock: where several processes share the store, the database's. */
  private final String clockSql;

  private final Dialect dialect;

  OutboxTable(Database database, SetAsideTable aside, InstantSource clock, Dialect dialect) {
    this.database = database;
    this.aside = aside;
    this.clock = clock;
    this.dialect = dialect;
    this.clockSql =
        switch (dialect) {
          case SQLITE -> ":now";
          case POSTGRESQL -> dialect.now();
        };
  }

  /**
   * What is urgent stays so until somebody begins to send it, whatever is drawn over it meanwhile.
   * A post that was refused is tried again once there is something important to say, not with every
   * bit of progress. Among equals the one goes first whose content in Slack is the oldest, whenever
   * it was drawn anew: where there is more to redraw than Slack allows, all get their turn.
   */
  void show(Handle handle, Change.Show show) {
    handle
        .createUpdate(
            """
            INSERT INTO outbox (id, item, urgency, created_at, changed_at)
            VALUES (:id, :item, :urgency, :now, :now)
            ON CONFLICT (id) DO UPDATE SET
              item = excluded.item,
              urgency = CASE WHEN outbox.urgency < excluded.urgency AND outbox.sent < outbox.version
                AND outbox.parked = 0 AND outbox.claimed_by = ''
                THEN outbox.urgency ELSE excluded.urgency END,
              version = outbox.version + 1,
              parked = CASE WHEN excluded.urgency = :progress AND outbox.timestamp IS NULL
                THEN outbox.parked ELSE 0 END\
            """)
        .bind("id", show.id())
        .bind("item", SealedJson.write(Outbound.class, show.item()))
        .bind("urgency", show.urgency().rank())
        .bind("progress", Urgency.PROGRESS.rank())
        .bind("now", clock.millis())
        .execute();
  }

  private String claimable() {
    return "sent < version AND parked = 0 AND next_at <= :now AND claimed_until <= " + clockSql;
  }

  @Override
  public List<Item> due(Instant now, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT "
                    + COLUMNS
                    + " FROM outbox WHERE "
                    + claimable()
                    + " ORDER BY urgency, changed_at LIMIT :limit")
            .bind("now", now.toEpochMilli())
            .bind("limit", limit)
            .map(aside.each("outbox", "id", "item", OutboxTable::item))
            .stream()
            .flatMap(Optional::stream)
            .toList());
  }

  @Override
  public List<Claim> claim(String holder, Instant now, Duration lease, List<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    String statement =
        """
        UPDATE outbox SET
          uncertain = CASE WHEN claimed_by != '' AND timestamp IS NULL THEN 1 ELSE uncertain END,
          claimed_by = :holder,
          claimed_until = %s + :lease,
          claim = claim + 1
        WHERE id IN (SELECT id FROM outbox WHERE id IN (<ids>) AND %s%s)
        RETURNING %s\
        """
            .formatted(clockSql, claimable(), dialect.claimed("outbox"), COLUMNS);
    List<Claim> claims =
        database.writing(handle ->
            handle
                .createQuery(statement)
                .bindList("ids", ids)
                .bind("holder", holder)
                .bind("now", now.toEpochMilli())
                .bind("lease", lease.toMillis())
                .map(
                    aside.each(
                        "outbox",
                        "id",
                        "item",
                        row -> new Claim(item(row), holder, row.getLong("claim"))))
                .stream()
                .flatMap(Optional::stream)
                .toList());
    return claims.stream()
        .sorted(Comparator.comparingInt(claim -> ids.indexOf(claim.item().id())))
        .toList();
  }

  @Override
  public void releaseClaims(String holder) {
    database.write(handle ->
        handle
            .createUpdate(
                "UPDATE outbox SET uncertain = CASE WHEN timestamp IS NULL THEN 1 ELSE uncertain"
                    + " END, "
                    + RELEASED
                    + " WHERE claimed_by != '' AND (claimed_by = :holder OR :all = 1)")
            .bind("holder", holder)
            .bind("all", dialect == Dialect.SQLITE ? 1 : 0)
            .execute());
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
  public Optional<Instant> nextAttempt(Instant now) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT MIN(CASE WHEN claimed_until > next_at THEN claimed_until ELSE next_at END)
                  AS next
                FROM outbox
                WHERE sent < version AND parked = 0 AND (next_at > :now OR claimed_until > :now)\
                """)
            .bind("now", now.toEpochMilli())
            .map((row, context) -> {
              long next = row.getLong("next");
              return row.wasNull() ? null : Instant.ofEpochMilli(next);
            })
            .findOne());
  }

  @Override
  public Settled sent(Claim claim, String timestamp) {
    return database.writing(handle -> {
      Optional<String> shown =
          handle
              .createQuery(
                  """
                  UPDATE outbox SET sent = :version, changed_at = :now,
                    timestamp = COALESCE(timestamp, NULLIF(:timestamp, '')),
                    attempts = 0, uncertain = 0, next_at = 0, reason = '', %s%s
                  RETURNING COALESCE(timestamp, '')\
                  """
                      .formatted(RELEASED, HELD))
              .bind("id", claim.item().id())
              .bind("holder", claim.holder())
              .bind("claim", claim.number())
              .bind("version", claim.item().version())
              .bind("timestamp", timestamp)
              .bind("now", clock.millis())
              .mapTo(String.class)
              .findOne();
      boolean held = shown.isPresent();
      boolean posted = claim.item().timestamp().isEmpty() && !timestamp.isEmpty();
      if (held && (!posted || shown.get().equals(timestamp))) {
        return new Settled(true, Optional.empty());
      }
      Optional<String> kept = drawOnceMore(handle, claim, timestamp);
      boolean surplus = posted && !kept.equals(Optional.of(timestamp));
      return new Settled(held, surplus ? Optional.of(timestamp) : Optional.empty());
    });
  }

  /**
   * Another sender was at work on the same item, so what Slack shows may be the older content. What
   * can be drawn again is; a file or a whisper cannot.
   *
   * @return where the item is shown
   */
  private static Optional<String> drawOnceMore(Handle handle, Claim claim, String timestamp) {
    return handle
        .createQuery(
            """
            UPDATE outbox SET version = version + :step,
              timestamp = COALESCE(timestamp, NULLIF(:timestamp, ''))
            WHERE id = :id
            RETURNING COALESCE(timestamp, '')\
            """)
        .bind("id", claim.item().id())
        .bind("step", claim.item().content().canBeRedrawn() ? 1 : 0)
        .bind("timestamp", timestamp)
        .mapTo(String.class)
        .findOne();
  }

  @Override
  public void postpone(Claim claim, Instant next, boolean uncertain, String reason) {
    database.write(handle -> {
      boolean held =
          settle(
              handle,
              claim,
              "next_at = :next, attempts = attempts + 1, reason = :reason"
                  + (uncertain ? ", uncertain = 1" : ""),
              next.toEpochMilli(),
              reason);
      if (!held && uncertain) {
        drawOnceMore(handle, claim, "");
      }
    });
  }

  @Override
  public void repost(Claim claim) {
    database.write(handle ->
        settle(
            handle,
            claim,
            "timestamp = NULL, reason = :reason, next_at = :next",
            0,
            "posted anew"));
  }

  @Override
  public void park(Claim claim, String reason, Optional<Change.Show> word) {
    // What is wanted by now may be newer than what was refused, and is tried too.
    String refused =
        "parked = CASE WHEN version = %d THEN 1 ELSE 0 END, reason = :reason, next_at = :next"
            .formatted(claim.item().version());
    database.write(handle -> {
      if (settle(handle, claim, refused, 0, reason)) {
        word.ifPresent(show -> show(handle, show));
      }
    });
  }

  /** Notes what became of an item and gives it back; false if the claim was lost. */
  private static boolean settle(
      Handle handle, Claim claim, String assignments, long next, String reason) {
    return handle
            .createUpdate("UPDATE outbox SET " + assignments + ", " + RELEASED + HELD)
            .bind("id", claim.item().id())
            .bind("holder", claim.holder())
            .bind("claim", claim.number())
            .bind("next", next)
            .bind("reason", reason)
            .execute()
        > 0;
  }

  @Override
  public Shown shown(String id) {
    return database
        .read(handle ->
            handle
                .createQuery("SELECT timestamp, parked FROM outbox WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> {
                  String timestamp = row.getString("timestamp");
                  if (timestamp != null) {
                    return (Shown) new Shown.At(timestamp);
                  }
                  return row.getInt("parked") != 0 ? new Shown.Never() : new Shown.NotYet();
                })
                .findOne())
        .orElseGet(Shown.Never::new);
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
}
