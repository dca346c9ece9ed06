package dev.bandmaster.store;

import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.AlertGroupState;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.alert.GroupedAlert;
import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.core.store.Alerts;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.StoreConflict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The tables {@code alert_episode}, {@code alert_member}, {@code alert_signal} and {@code silence}.
 */
final class AlertTable implements Alerts {

  /** Keys in one question. */
  private static final int MOST_KEYS = 1_000;

  private final Database database;
  private final SetAsideTable aside;
  private final InstantSource clock;

  AlertTable(Database database, SetAsideTable aside, InstantSource clock) {
    this.database = database;
    this.aside = aside;
    this.clock = clock;
  }

  /** What never changes of an episode. */
  record Facts(String id, long number, GroupKey topic, Instant began) {}

  // --- Episodes ---

  void alert(Handle handle, Change.UpdateAlertGroup alerted) {
    AlertGroup after = alerted.after();
    int written =
        alerted.before().isEmpty()
            ? insert(handle, after)
            : bind(
                    handle.createUpdate(
                        """
                        UPDATE alert_episode SET severity = :severity, version = :version,
                          ended_at = :ended, due_at = :due, progress = :progress
                        WHERE id = :id AND version = :seen\
                        """),
                    after)
                .bind("seen", alerted.before().get().version())
                .execute();
    if (written == 0) {
      throw new StoreConflict("alert %d has changed".formatted(after.number()));
    }
    writeMembers(
        handle,
        after.id(),
        alerted.before().map(seen -> seen.state().members()).orElse(Map.of()),
        after.state().members());
  }

  private static int insert(Handle handle, AlertGroup episode) {
    return bind(
            handle.createUpdate(
                """
                INSERT INTO alert_episode (id, number, topic, environment, severity, version,
                  began_at, ended_at, due_at, facts, progress)
                VALUES (:id, :number, :topic, :environment, :severity, :version, :began, :ended,
                  :due, :facts, :progress)
                ON CONFLICT (topic) WHERE ended_at IS NULL DO NOTHING\
                """),
            episode)
        .bind("number", episode.number())
        .bind("topic", episode.topic().key())
        .bind("environment", episode.topic().environment())
        .bind("began", episode.began().toEpochMilli())
        .bind(
            "facts",
            SealedJson.write(
                new Facts(episode.id(), episode.number(), episode.topic(), episode.began())))
        .execute();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, AlertGroup episode) {
    AlertGroupState state = episode.state();
    return statement
        .bind("id", episode.id())
        .bind("severity", StoredNames.of(episode.severity()))
        .bind("version", episode.version())
        .bind("ended", state.ended().map(Instant::toEpochMilli).orElse(null))
        .bind("due", state.due().map(Instant::toEpochMilli).orElse(null))
        .bind("progress", SealedJson.write(state.having(Map.of())));
  }

  /** Only changed members: one that recovers is one row. Members are never deleted. */
  private static void writeMembers(
      Handle handle,
      String episode,
      Map<String, GroupedAlert> before,
      Map<String, GroupedAlert> after) {
    List<Map.Entry<String, GroupedAlert>> changed =
        after.entrySet().stream()
            .filter(member -> !member.getValue().equals(before.get(member.getKey())))
            .toList();
    if (changed.isEmpty()) {
      return;
    }
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO alert_member (episode_id, key, is_firing, facts)
            VALUES (:episode, :key, :firing, :facts)
            ON CONFLICT (episode_id, key)
            DO UPDATE SET is_firing = excluded.is_firing, facts = excluded.facts\
            """)) {
      changed.forEach(member ->
          batch
              .bind("episode", episode)
              .bind("key", member.getKey())
              .bind("firing", member.getValue().fires() ? 1 : 0)
              .bind("facts", SealedJson.write(member.getValue()))
              .add());
      batch.execute();
    }
  }

  @Override
  public long nextNumber() {
    return next("alert_number");
  }

  private long next(String counter) {
    return database.writing(handle ->
        handle
            .createQuery("UPDATE " + counter + " SET value = value + 1 RETURNING value")
            .mapTo(Long.class)
            .one());
  }

  @Override
  public Optional<AlertGroup> byNumber(long number) {
    return one("number = :number", Map.of("number", number));
  }

  @Override
  public Optional<AlertGroup> find(String id) {
    return one("id = :id", Map.of("id", id));
  }

  @Override
  public Optional<AlertGroup> open(GroupKey topic) {
    return one("topic = :topic AND ended_at IS NULL", Map.of("topic", topic.key()));
  }

  @Override
  public Map<String, String> firing(List<String> keys) {
    Map<String, String> episodes = new HashMap<>();
    database.read(handle -> {
      for (int from = 0; from < keys.size(); from += MOST_KEYS) {
        handle
            .createQuery(
                """
                SELECT key, episode_id FROM alert_member
                WHERE is_firing = 1 AND key IN (<keys>) ORDER BY episode_id\
                """)
            .bindList("keys", keys.subList(from, Math.min(keys.size(), from + MOST_KEYS)))
            .map((row, context) -> Map.entry(row.getString("key"), row.getString("episode_id")))
            .forEach(entry -> episodes.put(entry.getKey(), entry.getValue()));
      }
      return episodes;
    });
    return episodes;
  }

  @Override
  public List<AlertGroup> open(int limit) {
    return select("ended_at IS NULL ORDER BY number DESC LIMIT :limit", Map.of("limit", limit));
  }

  @Override
  public List<AlertGroup> due(Instant now, int limit) {
    return select(
        "due_at <= :now ORDER BY due_at LIMIT :limit",
        Map.of("now", now.toEpochMilli(), "limit", limit));
  }

  @Override
  public long count() {
    return database.read(handle ->
        handle
            .createQuery("SELECT COUNT(*) FROM alert_episode WHERE ended_at IS NULL")
            .mapTo(Long.class)
            .one());
  }

  @Override
  public int begunSince(Instant since, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT COUNT(*) FROM (
                  SELECT began_at FROM alert_episode ORDER BY number DESC LIMIT :most) AS newest
                WHERE began_at >= :since\
                """)
            .bind("most", most)
            .bind("since", since.toEpochMilli())
            .mapTo(Integer.class)
            .one());
  }

  private Optional<AlertGroup> one(String condition, Map<String, ?> values) {
    return select(condition, values).stream().findFirst();
  }

  /**
   * Members are read second, so they may be newer than their episode, and never older. The one that
   * decides on such a pair finds that the episode is not as it was seen.
   */
  private List<AlertGroup> select(String condition, Map<String, ?> values) {
    return database.read(handle -> {
      List<AlertGroup> bare =
          handle
              .createQuery(
                  "SELECT id, facts, version, progress FROM alert_episode WHERE " + condition)
              .bindMap(values)
              .map(aside.each("alert_episode", "id", "progress", AlertTable::bare))
              .stream()
              .flatMap(Optional::stream)
              .toList();
      Map<String, Map<String, GroupedAlert>> members =
          members(handle, bare.stream().map(AlertGroup::id).toList());
      return bare.stream()
          .map(episode ->
              new AlertGroup(
                  episode.id(),
                  episode.number(),
                  episode.topic(),
                  episode.began(),
                  episode.version(),
                  episode.state().having(members.getOrDefault(episode.id(), Map.of()))))
          .toList();
    });
  }

  private Map<String, Map<String, GroupedAlert>> members(Handle handle, List<String> episodes) {
    Map<String, Map<String, GroupedAlert>> members = new HashMap<>();
    if (!episodes.isEmpty()) {
      handle
          .createQuery(
              "SELECT episode_id, key, facts FROM alert_member WHERE episode_id IN (<episodes>)")
          .bindList("episodes", episodes)
          .map(
              aside.each(
                  "alert_member",
                  "key",
                  row -> {
                    GroupedAlert member =
                        SealedJson.read(GroupedAlert.class, row.getString("facts"));
                    members
                        .computeIfAbsent(row.getString("episode_id"), id -> new HashMap<>())
                        .put(row.getString("key"), member);
                    return member;
                  }))
          .list();
    }
    return members;
  }

  /** Without its members. */
  private static AlertGroup bare(ResultSet row) throws SQLException {
    Facts facts = SealedJson.read(Facts.class, row.getString("facts"));
    return new AlertGroup(
        facts.id(),
        facts.number(),
        facts.topic(),
        facts.began(),
        row.getLong("version"),
        SealedJson.read(AlertGroupState.class, row.getString("progress")));
  }

  /** Only messages themselves count, not what is said under them. */
  @Override
  public List<Refusal> refused() {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id, reason FROM outbox
                WHERE parked = 1 AND id LIKE 'alert:%' AND id NOT LIKE 'alert:%:%:%' ORDER BY id\
                """)
            .map((row, context) -> new Refusal(row.getString("id"), row.getString("reason")))
            .list());
  }

  // --- Signals ---

  static void signal(Handle handle, Change.RecordSignal signalled) {
    handle.execute(
        "INSERT INTO alert_signal (id, signal) VALUES (?, ?)",
        signalled.id(),
        SealedJson.write(Signal.class, signalled.signal()));
  }

  static void take(Handle handle, String id) {
    if (handle.execute("DELETE FROM alert_signal WHERE id = ?", id) == 0) {
      throw new StoreConflict("another replica already raised this alert");
    }
  }

  @Override
  public List<Change.RecordSignal> signals(int limit) {
    return database.read(handle ->
        handle
            .createQuery("SELECT id, signal FROM alert_signal ORDER BY id LIMIT :limit")
            .bind("limit", limit)
            .map(
                aside.each(
                    "alert_signal",
                    "id",
                    row ->
                        new Change.RecordSignal(
                            row.getString("id"),
                            SealedJson.read(Signal.class, row.getString("signal")))))
            .stream()
            .flatMap(Optional::stream)
            .toList());
  }

  // --- Silences ---

  /** Silences that are over go when another one comes; so there are never many. */
  void silence(Handle handle, Change.CreateSilence silenced) {
    Silence silence = silenced.silence();
    handle
        .createUpdate("DELETE FROM silence WHERE until_at <= :now")
        .bind("now", clock.millis())
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO silence (number, from_at, until_at, facts)
            VALUES (:number, :from, :until, :facts)\
            """)
        .bind("number", silence.number())
        .bind("from", silence.from().toEpochMilli())
        .bind("until", silence.until().toEpochMilli())
        .bind("facts", SealedJson.write(silence))
        .execute();
    lookAgain(handle);
  }

  void unsilence(Handle handle, Change.EndSilence unsilenced) {
    int lifted = handle.execute("DELETE FROM silence WHERE number = ?", unsilenced.number());
    if (lifted == 0) {
      throw new StoreConflict("the silence no longer exists");
    }
    lookAgain(handle);
  }

  /** Silences are evaluated separately for each alert group. */
  private static void lookAgain(Handle handle) {
    handle.execute("UPDATE alert_episode SET due_at = 0 WHERE ended_at IS NULL");
  }

  @Override
  public long nextSilence() {
    return next("silence_number");
  }

  @Override
  public List<Silence> silences() {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT number, facts FROM silence WHERE until_at > :now ORDER BY until_at, number")
            .bind("now", clock.millis())
            .map(
                aside.each(
                    "silence",
                    "number",
                    row -> SealedJson.read(Silence.class, row.getString("facts"))))
            .stream()
            .flatMap(Optional::stream)
            .toList());
  }
}
