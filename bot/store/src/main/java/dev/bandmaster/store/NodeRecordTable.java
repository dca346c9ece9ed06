package dev.bandmaster.store;

import dev.bandmaster.core.fleet.Incident;
import dev.bandmaster.core.fleet.LastSeen;
import dev.bandmaster.core.fleet.NodeHealth;
import dev.bandmaster.core.fleet.NodeRecord;
import dev.bandmaster.core.fleet.NodeState;
import dev.bandmaster.core.fleet.NodeTransition;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.NodeRecords;
import dev.bandmaster.core.store.StoreConflict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/** The tables {@code node_life}, {@code node_flip} and {@code watch}. */
final class NodeRecordTable implements NodeRecords {

  /** The one row of {@code watch}. */
  private static final String FLEET = "fleet";

  private final Database database;
  private final SetAsideTable aside;

  NodeRecordTable(Database database, SetAsideTable aside) {
    this.database = database;
    this.aside = aside;
  }

  // --- Watching ---

  /** Compare-and-set: of two that watch at the same time one finds that the other has. */
  void watch(Handle handle, Change.FleetWatched watched) {
    int written =
        watched
            .seen()
            .map(seen ->
                bind(
                        handle.createUpdate(
                            """
                            UPDATE watch SET holder = :holder, watched_at = :at,
                              incidents = :incidents
                            WHERE name = :name AND holder = :seenHolder AND watched_at = :seenAt\
                            """),
                        watched.now())
                    .bind("seenHolder", seen.holder())
                    .bind("seenAt", seen.at().toEpochMilli())
                    .execute())
            .orElseGet(() ->
                bind(
                        handle.createUpdate(
                            """
                            INSERT INTO watch (name, holder, watched_at, incidents)
                            VALUES (:name, :holder, :at, :incidents) ON CONFLICT (name) DO NOTHING\
                            """),
                        watched.now())
                    .execute());
    if (written == 0) {
      throw new StoreConflict("another replica monitors the nodes");
    }
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Watch watch) {
    return statement
        .bind("name", FLEET)
        .bind("holder", watch.holder())
        .bind("at", watch.at().toEpochMilli())
        .bind("incidents", SealedJson.write(watch.incidents()));
  }

  @Override
  public Optional<Watch> watch() {
    RowMapper<Optional<List<Incident>>> incidents =
        aside.each(
            "watch",
            "name",
            row -> Arrays.asList(SealedJson.read(Incident[].class, row.getString("incidents"))));
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM watch WHERE name = :name")
            .bind("name", FLEET)
            .map((row, context) ->
                new Watch(
                    row.getString("holder"),
                    Instant.ofEpochMilli(row.getLong("watched_at")),
                    // Monitoring continues without its incidents; the monitor finds new ones.
                    incidents.map(row, context).orElse(List.of())))
            .findOne());
  }

  // --- Concluding ---

  void transition(Handle handle, Change.NodeChanged changed) {
    NodeTransition transition = changed.transition();
    if (write(handle, transition) == 0) {
      throw new StoreConflict(transition.node() + " has changed");
    }
    if (transition.changesState()) {
      handle
          .createUpdate(
              """
              INSERT INTO node_flip (node, at, before, after)
              VALUES (:node, :at, :before, :after)\
              """)
          .bind("node", transition.node())
          .bind("at", changed.at().toEpochMilli())
          .bind("before", transition.before().map(life -> StoredNames.of(life.state())).orElse(""))
          .bind("after", transition.after().map(life -> StoredNames.of(life.state())).orElse(""))
          .execute();
    }
  }

  private static int write(Handle handle, NodeTransition transition) {
    if (transition.before().isEmpty()) {
      return bind(
              handle.createUpdate(
                  """
                  INSERT INTO node_life (name, environment, applications, state, is_flapping,
                    alert_after, incarnation, sequence, sign, standing)
                  VALUES (:name, :environment, :applications, :state, :flapping, :after,
                    :incarnation, :sequence, :sign, :standing)
                  ON CONFLICT (name) DO NOTHING\
                  """),
              transition.after().orElseThrow())
          .execute();
    }
    String seen = SealedJson.write(transition.before().get().standing());
    String first = SealedJson.writeFirst(transition.before().get().standing());
    if (transition.after().isEmpty()) {
      return handle
          .createUpdate("DELETE FROM node_life WHERE name = :name AND standing IN (:seen, :first)")
          .bind("name", transition.node())
          .bind("seen", seen)
          .bind("first", first)
          .execute();
    }
    return bind(
            handle.createUpdate(
                """
                UPDATE node_life SET environment = :environment, applications = :applications,
                  state = :state, is_flapping = :flapping, alert_after = :after,
                  incarnation = :incarnation, sequence = :sequence, sign = :sign,
                  standing = :standing
                WHERE name = :name AND standing IN (:seen, :first)\
                """),
            transition.after().get())
        .bind("seen", seen)
        .bind("first", first)
        .execute();
  }

  /** What is older than what is kept changes nothing, nor does what nobody concluded upon yet. */
  void seen(Handle handle, Change.NodesSeen seen) {
    if (seen.lives().isEmpty()) {
      return;
    }
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            UPDATE node_life SET environment = :environment, applications = :applications,
              alert_after = :after, incarnation = :incarnation, sequence = :sequence, sign = :sign
            WHERE name = :name AND (incarnation < :incarnation
              OR (incarnation = :incarnation AND sequence <= :sequence))\
            """)) {
      seen.lives().forEach(life -> bindLastSeen(batch, life).add());
      batch.execute();
    }
  }

  // --- Who has not answered ---

  void unanswered(Handle handle, Change.Unanswered unanswered) {
    if (unanswered.nodes().isEmpty()) {
      return;
    }
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO node_unanswered (name, since_at) VALUES (:name, :at)
            ON CONFLICT (name) DO NOTHING\
            """)) {
      // In one order, so that two replicas do not wait for each other's rows.
      unanswered.nodes().stream()
          .sorted()
          .forEach(
              node -> batch.bind("name", node).bind("at", unanswered.at().toEpochMilli()).add());
      batch.execute();
    }
  }

  void answered(Handle handle, Change.AnsweredAgain answered) {
    handle
        .createUpdate("DELETE FROM node_unanswered WHERE name = :name AND since_at <= :at")
        .bind("name", answered.node())
        .bind("at", answered.at().toEpochMilli())
        .execute();
  }

  @Override
  public Map<String, Instant> unanswered() {
    Map<String, Instant> nodes = new HashMap<>();
    database.read(handle -> {
      handle
          .createQuery("SELECT name, since_at FROM node_unanswered")
          .map((row, context) ->
              Map.entry(row.getString("name"), Instant.ofEpochMilli(row.getLong("since_at"))))
          .forEach(entry -> nodes.put(entry.getKey(), entry.getValue()));
      return nodes;
    });
    return Map.copyOf(nodes);
  }

  private static <S extends SqlStatement<S>> S bindLastSeen(S statement, NodeRecord life) {
    return statement
        .bind("name", life.node())
        .bind("environment", life.environment())
        .bind("applications", SealedJson.write(life.applications()))
        .bind("after", life.deadline().toEpochMilli())
        .bind("incarnation", life.lastSeen().version().incarnation())
        .bind("sequence", life.lastSeen().version().sequence())
        .bind("sign", SealedJson.write(life.lastSeen()));
  }

  private static <S extends SqlStatement<S>> S bind(S statement, NodeRecord life) {
    return bindLastSeen(statement, life)
        .bind("state", StoredNames.of(life.state()))
        .bind("flapping", life.standing().flaps().flapping() ? 1 : 0)
        .bind("standing", SealedJson.write(life.standing()));
  }

  // --- Reading ---

  @Override
  public List<NodeRecord> all() {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM node_life ORDER BY name")
            .map(aside.each("node_life", "name", NodeRecordTable::life))
            .stream()
            .flatMap(Optional::stream)
            .toList());
  }

  private static NodeRecord life(ResultSet row) throws SQLException {
    return new NodeRecord(
        row.getString("name"),
        row.getString("environment"),
        new TreeSet<>(
            Arrays.asList(SealedJson.read(String[].class, row.getString("applications")))),
        SealedJson.read(LastSeen.class, row.getString("sign")),
        Instant.ofEpochMilli(row.getLong("alert_after")),
        SealedJson.read(NodeHealth.class, row.getString("standing")));
  }

  @Override
  public long failing() {
    return database.read(handle ->
        handle
            .createQuery("SELECT COUNT(*) FROM node_life WHERE state IN ('DOWN', 'ZOMBIE')")
            .mapTo(Long.class)
            .one());
  }

  @Override
  public List<Changed> history(String node, int limit) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM node_flip WHERE node = :node ORDER BY at DESC LIMIT :limit")
            .bind("node", node)
            .bind("limit", limit)
            .map(
                aside.each(
                    "node_flip",
                    "node",
                    row ->
                        new Changed(
                            Instant.ofEpochMilli(row.getLong("at")),
                            state(row.getString("before")),
                            state(row.getString("after")))))
            .stream()
            .flatMap(Optional::stream)
            .toList());
  }

  private static Optional<NodeState> state(String name) {
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(StoredNames.constant(NodeState.class, name));
  }
}
