package dev.bandmaster.store;

import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.SendMethod;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.core.store.StoreConflict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The table {@code outbox}. */
final class OutboxTable implements Outbox {

  /** What is released when an item is no longer being sent. */
  private static final String RELEASED = "claimed_by = '', claimed_until = 0";

  /** What was a post is from now on an update, if it is known where it is. */
  private static final String POSTED =
      "method = CASE WHEN method = 'post' AND COALESCE(timestamp, NULLIF(:timestamp, '')) IS NOT NULL"
          + " THEN 'update' ELSE method END";

  private static final String HELD = " WHERE id = :id AND claimed_by = :holder AND claim = :claim";

  private static final String UNTOUCHED =
      "timestamp IS NULL AND claimed_by = '' AND uncertain = 0 AND parked = 0 AND sent < version";

  private static final String COLUMNS =
      "id, item, urgency, version, timestamp, attempts, uncertain, claim";

  static final String NEXT_ATTEMPT =
      """
      SELECT MIN(at) AS next FROM (
        SELECT MIN(next_at) AS at FROM outbox
        WHERE sent < version AND parked = 0 AND next_at > 0 AND next_at > :now
        UNION ALL
        SELECT MIN(claimed_until) AS at FROM outbox
        WHERE sent < version AND parked = 0 AND claimed_until > 0 AND claimed_until > :now
      ) AS later\
      """;

  /** Lanes that a look passes over; those beyond are read, and wait all the same. */
  private static final int MOST_HELD = 1_000;

  /** Rows of earlier versions that are given their lane at a time. */
  private static final int MOST_SORTED = 500;

  private static final Duration SORT_PAUSE = Duration.ofSeconds(5);

  private final Database database;
  private final SetAsideTable aside;
  private final InstantSource clock;
  private final AtomicReference<Instant> sortedIn =
      new AtomicReference<>(Instant.EPOCH.minus(SORT_PAUSE));

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
   * it was rendered again: if there are more updates than Slack allows, all get their turn.
   */
  void show(Handle handle, Change.PostMessage show) {
    handle
        .createUpdate(
            """
            INSERT INTO outbox (id, item, method, channel, urgency, created_at, changed_at)
            VALUES (:id, :item, :method, :channel, :urgency, :now, :now)
            ON CONFLICT (id) DO UPDATE SET
              item = excluded.item,
              method = CASE WHEN excluded.method = 'post' AND outbox.timestamp IS NOT NULL
                THEN 'update' ELSE excluded.method END,
              channel = excluded.channel,
              urgency = CASE WHEN outbox.urgency < excluded.urgency AND outbox.sent < outbox.version
                AND outbox.parked = 0 AND outbox.claimed_by = ''
                THEN outbox.urgency ELSE excluded.urgency END,
              version = outbox.version + 1,
              parked = CASE WHEN excluded.urgency = :progress AND outbox.timestamp IS NULL
                THEN outbox.parked ELSE 0 END\
            """)
        .bind("id", show.id())
        .bind("item", SealedJson.write(Outbound.class, show.item()))
        .bind("method", SendMethod.of(show.item(), false).key())
        .bind("channel", show.item().channel())
        .bind("urgency", show.urgency().rank())
        .bind("progress", Urgency.PROGRESS.rank())
        .bind("now", clock.millis())
        .execute();
  }

  private String claimable() {
    return "sent < version AND parked = 0 AND next_at <= :now AND claimed_until <= " + clockSql;
  }

  @Override
  public List<Item> due(Instant now, Held held, int perLane, int limit) {
    sortIn(now);
    List<String> seeds = seeds(held);
    if (seeds.isEmpty()) {
      return List.of();
    }
    List<String> lanes = heldLanes(held);
    List<Found> found =
        database.read(handle -> {
          Query query =
              handle
                  .createQuery(dueSql(seeds, !lanes.isEmpty(), dialect, clockSql))
                  .bind("now", now.toEpochMilli())
                  .bind("perLane", perLane)
                  .bind("limit", limit);
          if (!lanes.isEmpty()) {
            query.bindList("held", lanes);
          }
          return query
              .map(
                  aside.each(
                      "outbox",
                      "id",
                      "item",
                      row -> new Found(item(row), row.getLong("changed_at"))))
              .stream()
              .flatMap(Optional::stream)
              .toList();
        });
    return found.stream().sorted(Found.ORDER).map(Found::item).toList();
  }

  /** Jumps from lane to lane by the index, and takes the oldest of each. */
  private static String dueSql(
      List<String> seeds, boolean isHeld, Dialect dialect, String clockSql) {
    String waiting =
        "lane.method = %1$s.method AND lane.urgency = %1$s.urgency AND lane.sent < lane.version"
            + " AND lane.parked = 0";
    String first = "SELECT lane.channel FROM outbox AS lane WHERE %s ORDER BY lane.channel LIMIT 1";
    String heads =
        """
        SELECT lane.id FROM outbox AS lane WHERE %s AND lane.channel = walk.channel
          AND lane.next_at <= :now AND lane.claimed_until <= %s
        ORDER BY lane.changed_at, lane.id LIMIT :perLane\
        """
            .formatted(waiting.formatted("walk"), clockSql);
    return """
    WITH RECURSIVE seed (method, urgency) AS (VALUES %s),
    walk (method, urgency, channel) AS (
      SELECT seed.method, seed.urgency, (%s) FROM seed
      UNION ALL
      SELECT walk.method, walk.urgency, (%s) FROM walk WHERE walk.channel IS NOT NULL
    )
    SELECT %s, changed_at FROM (
      SELECT item.*, ROW_NUMBER() OVER (
        PARTITION BY walk.method, walk.urgency, walk.channel
        ORDER BY item.changed_at, item.id) AS place
      FROM walk %s
      WHERE walk.channel IS NOT NULL%s
    ) AS due
    ORDER BY place, urgency, changed_at, id LIMIT :limit\
    """
        .formatted(
            String.join(", ", seeds),
            first.formatted(waiting.formatted("seed")),
            first.formatted(waiting.formatted("walk") + " AND lane.channel > walk.channel"),
            COLUMNS,
            dialect.joinEach("outbox", "item", heads),
            isHeld
                ? " AND walk.method || ' ' || walk.urgency || ' ' || walk.channel NOT IN (<held>)"
                : "");
  }

  /** The question as SQLite is asked it, for a look at its plan. */
  static String dueQuestion() {
    return dueSql(seeds(Held.NOTHING), true, Dialect.SQLITE, ":now");
  }

  /** What may be sent in some channel: the beginnings of the index that are worth a look. */
  private static List<String> seeds(Held held) {
    List<String> seeds = new ArrayList<>();
    for (SendMethod method : SendMethod.values()) {
      for (Urgency urgency : Urgency.values()) {
        if (!held.holds(method, urgency)) {
          seeds.add("('%s', %d)".formatted(method.key(), urgency.rank()));
        }
      }
    }
    return seeds;
  }

  private static List<String> heldLanes(Held held) {
    return held.lanes().entrySet().stream()
        .limit(MOST_HELD)
        .flatMap(entry ->
            Arrays.stream(Urgency.values())
                .filter(urgency -> urgency.compareTo(entry.getValue()) >= 0)
                .map(urgency ->
                    entry.getKey().method().key()
                        + " "
                        + urgency.rank()
                        + " "
                        + entry.getKey().channel()))
        .toList();
  }

  /** An item and when it was sent last, or else first wanted. */
  private record Found(Item item, long changedAt) {
    static final Comparator<Found> ORDER =
        Comparator.comparing((Found found) -> found.item().urgency())
            .thenComparingLong(Found::changedAt)
            .thenComparing(found -> found.item().id());
  }

  /** Gives rows of earlier versions their lane, now and then: another replica may still run one. */
  private void sortIn(Instant now) {
    Instant before = sortedIn.get();
    if (now.isBefore(before.plus(SORT_PAUSE)) || !sortedIn.compareAndSet(before, now)) {
      return;
    }
    List<Optional<Item>> unsorted =
        database.read(handle ->
            handle
                .createQuery(
                    "SELECT "
                        + COLUMNS
                        + " FROM outbox WHERE method = '' AND sent < version AND parked = 0 LIMIT "
                        + MOST_SORTED)
                .map(aside.each("outbox", "id", "item", OutboxTable::item))
                .list());
    if (!unsorted.isEmpty()) {
      database.write(handle ->
          unsorted.stream().flatMap(Optional::stream).forEach(item -> sortIn(handle, item)));
    }
    if (unsorted.size() == MOST_SORTED) {
      sortedIn.set(before);
    }
  }

  private static void sortIn(Handle handle, Item item) {
    Lane lane = Lane.of(item);
    handle
        .createUpdate(
            "UPDATE outbox SET method = :method, channel = :channel"
                + " WHERE id = :id AND version = :version AND method = ''")
        .bind("method", lane.method().key())
        .bind("channel", lane.channel())
        .bind("id", item.id())
        .bind("version", item.version())
        .execute();
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
            .createQuery(NEXT_ATTEMPT)
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
                    timestamp = COALESCE(timestamp, NULLIF(:timestamp, '')), %s,
                    attempts = 0, uncertain = 0, next_at = 0, reason = '', %s%s
                  RETURNING COALESCE(timestamp, '')\
                  """
                      .formatted(POSTED, RELEASED, HELD))
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
              timestamp = COALESCE(timestamp, NULLIF(:timestamp, '')), %s
            WHERE id = :id
            RETURNING COALESCE(timestamp, '')\
            """
                .formatted(POSTED))
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
            "timestamp = NULL, method = CASE WHEN method = 'update' THEN 'post' ELSE method END,"
                + " reason = :reason, next_at = :next",
            0,
            "posted again"));
  }

  @Override
  public void park(Claim claim, String reason, Optional<Change.PostMessage> word) {
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
  public Optional<String> at(String channel, String timestamp) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id FROM outbox
                WHERE timestamp = :timestamp AND timestamp IS NOT NULL AND channel = :channel
                  AND method IN ('post', 'update')
                ORDER BY id LIMIT 1\
                """)
            .bind("timestamp", timestamp)
            .bind("channel", channel)
            .mapTo(String.class)
            .findFirst());
  }

  @Override
  public Optional<Outbound> content(String id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT item FROM outbox WHERE id = :id")
            .bind("id", id)
            .mapTo(String.class)
            .findOne()
            .map(item -> SealedJson.read(Outbound.class, item)));
  }

  @Override
  public boolean areUntouched(List<String> ids) {
    return database.read(handle ->
        handle
                .createQuery("SELECT COUNT(*) FROM outbox WHERE id IN (<ids>) AND " + UNTOUCHED)
                .bindList("ids", ids)
                .mapTo(Long.class)
                .one()
            == ids.size());
  }

  static void withdraw(Handle handle, String id) {
    if (handle.execute("DELETE FROM outbox WHERE id = ? AND " + UNTOUCHED, id) == 0) {
      throw new StoreConflict("the message is being sent or was already sent");
    }
    handle.execute(
        "DELETE FROM outbox WHERE substr(id, 1, length(CAST(? AS TEXT)) + 1)"
            + " = CAST(? AS TEXT) || ':' AND "
            + UNTOUCHED,
        id,
        id);
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
