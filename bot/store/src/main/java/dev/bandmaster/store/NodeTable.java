package dev.bandmaster.store;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Nodes;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.NodePublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables {@code node} and {@code trusted_node}. */
final class NodeTable implements Nodes {

  private final Database database;
  private final SetAsideTable aside;

  NodeTable(Database database, SetAsideTable aside) {
    this.database = database;
    this.aside = aside;
  }

  void describe(Handle handle, Change.NodeDescribed describe) {
    handle
        .createUpdate(
            """
            INSERT INTO node (name, description) VALUES (:name, :description)
            ON CONFLICT (name) DO UPDATE SET description = excluded.description
            WHERE node.incarnation < :incarnation
              OR (node.incarnation = :incarnation AND node.sequence <= :sequence)\
            """)
        .bind("name", describe.description().node())
        .bind("description", SealedJson.write(describe.description()))
        .bind("incarnation", describe.incarnation())
        .bind("sequence", describe.sequence())
        .execute();
  }

  /** A beat of a node that has not described itself yet changes no row: there is none. */
  void seen(Handle handle, Change.NodeSeen seen) {
    handle
        .createUpdate(
            """
            UPDATE node SET incarnation = :incarnation, sequence = :sequence, heard_at = :heard,
              interval_ms = :interval, has_left = :left
            WHERE name = :name AND (incarnation < :incarnation
              OR (incarnation = :incarnation AND sequence < :sequence))\
            """)
        .bind("incarnation", seen.incarnation())
        .bind("sequence", seen.sequence())
        .bind("heard", seen.lastSeen().toEpochMilli())
        .bind("interval", seen.interval().toMillis())
        .bind("left", seen.left() ? 1 : 0)
        .bind("name", seen.node())
        .execute();
  }

  void trust(Handle handle, Change.TrustNode trust) {
    handle
        .createUpdate(
            """
            INSERT INTO trusted_node (name, public_key, since_at) VALUES (:name, :key, :since)
            ON CONFLICT (name) DO UPDATE SET public_key = excluded.public_key,
              since_at = excluded.since_at\
            """)
        .bind("name", trust.node())
        .bind("key", trust.key().x25519())
        .bind("since", trust.since().toEpochMilli())
        .execute();
  }

  void distrust(Handle handle, String node) {
    handle.execute("DELETE FROM trusted_node WHERE name = ?", node);
    handle.execute("DELETE FROM node WHERE name = ?", node);
  }

  @Override
  public List<Remembered> all() {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM node ORDER BY name")
            .map(
                aside.each(
                    "node",
                    "name",
                    row ->
                        new Remembered(
                            SealedJson.read(NodeDescription.class, row.getString("description")),
                            row.getLong("incarnation"),
                            row.getLong("sequence"),
                            Instant.ofEpochMilli(row.getLong("heard_at")),
                            Duration.ofMillis(row.getLong("interval_ms")),
                            row.getInt("has_left") != 0)))
            .stream()
            .flatMap(Optional::stream)
            .toList());
  }

  @Override
  public Map<String, NodePublicKey> trusted() {
    Map<String, NodePublicKey> keys = new HashMap<>();
    database.read(handle -> {
      handle
          .createQuery("SELECT name, public_key FROM trusted_node")
          .map((row, context) ->
              Map.entry(row.getString("name"), new NodePublicKey(row.getString("public_key"))))
          .forEach(entry -> keys.put(entry.getKey(), entry.getValue()));
      return keys;
    });
    return Map.copyOf(keys);
  }

  @Override
  public Optional<NodePublicKey> trustedKey(String node) {
    return database.read(handle ->
        handle
            .createQuery("SELECT public_key FROM trusted_node WHERE name = :name")
            .bind("name", node)
            .mapTo(String.class)
            .map(NodePublicKey::new)
            .findOne());
  }

  @Override
  public List<TrustedSince> trustedBefore(Instant moment) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT name, since_at FROM trusted_node WHERE since_at < :moment ORDER BY since_at, name")
            .bind("moment", moment.toEpochMilli())
            .map((row, context) ->
                new TrustedSince(
                    row.getString("name"), Instant.ofEpochMilli(row.getLong("since_at"))))
            .list());
  }

  @Override
  public TrustMark trustMark() {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT COUNT(*) AS total, COALESCE(MAX(since_at), 0) AS newest FROM trusted_node")
            .map((row, context) -> new TrustMark(row.getLong("total"), row.getLong("newest")))
            .one());
  }
}
