package dev.bandmaster.store;

import dev.bandmaster.core.store.Audit;
import dev.bandmaster.core.store.AuditChain;
import dev.bandmaster.core.store.AuditEntry;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The table {@code audit}: a chain of rows that are added and never changed. The one row of {@code
 * audit_head} is its end; appending locks it, so that replicas build one chain.
 */
final class AuditTable implements Audit {

  private final Database database;

  AuditTable(Database database) {
    this.database = database;
  }

  /** To be the last that a transaction does, since others wait for the lock. */
  void append(Handle handle, AuditEntry given) {
    AuditEntry entry = storable(given);
    Head head =
        handle
            .createQuery("UPDATE audit_head SET number = number + 1 RETURNING number, hash")
            .map((row, context) -> head(row))
            .one();
    String hash = AuditChain.hash(head.hash(), head.number(), entry);
    handle
        .createUpdate(
            """
            INSERT INTO audit (number, at, principal, channel, raw, action, env, app, job,
              decision, reason, rules, policy, more, previous, hash)
            VALUES (:number, :at, :principal, :channel, :raw, :action, :env, :app, :job,
              :decision, :reason, :rules, :policy, :more, :previous, :hash)\
            """)
        .bind("number", head.number())
        .bind("at", entry.at().toEpochMilli())
        .bind("principal", entry.principal())
        .bind("channel", entry.channel())
        .bind("raw", entry.raw())
        .bind("action", entry.action())
        .bind("env", entry.env())
        .bind("app", entry.app())
        .bind("job", entry.job())
        .bind("decision", entry.decision())
        .bind("reason", entry.reason())
        .bind("rules", entry.rules())
        .bind("policy", entry.policy())
        .bind(
            "more", entry.more().equals(AuditEntry.More.NONE) ? "" : SealedJson.write(entry.more()))
        .bind("previous", head.hash())
        .bind("hash", hash)
        .execute();
    handle.execute("UPDATE audit_head SET hash = ?", hash);
  }

  /** The entry in letters that every database gives back as they were. */
  private static AuditEntry storable(AuditEntry entry) {
    return new AuditEntry(
        entry.at(),
        storable(entry.principal()),
        storable(entry.channel()),
        storable(entry.raw()),
        storable(entry.action()),
        storable(entry.env()),
        storable(entry.app()),
        storable(entry.job()),
        storable(entry.decision()),
        storable(entry.reason()),
        storable(entry.rules()),
        storable(entry.policy()),
        storable(entry.more()));
  }

  private static AuditEntry.More storable(AuditEntry.More more) {
    return new AuditEntry.More(
        storable(more.name()),
        storable(more.delivery()),
        storable(more.message()),
        storable(more.digest()),
        storable(more.state()),
        storable(more.groupsAge()),
        more.bypass(),
        more.envelope().map(AuditTable::storable));
  }

  /** Without NUL, which PostgreSQL does not take, and without halves of letters. */
  private static String storable(String text) {
    byte[] bytes = text.replace('\0', '\u2400').getBytes(StandardCharsets.UTF_8);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public List<Row> newest(Optional<String> env, Optional<String> app, int limit) {
    String condition =
        "1 = 1"
            + (env.isPresent() ? " AND env = :env" : "")
            + (app.isPresent() ? " AND app = :app" : "");
    return database.read(handle -> {
      var query =
          handle
              .createQuery(
                  "SELECT * FROM audit WHERE " + condition + " ORDER BY number DESC LIMIT :limit")
              .bind("limit", limit);
      env.ifPresent(name -> query.bind("env", name));
      app.ifPresent(name -> query.bind("app", name));
      return query.map((row, context) -> row(row)).list();
    });
  }

  @Override
  public List<Row> of(String principal, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM audit
                WHERE principal = :canonical OR principal IN (
                  SELECT alias FROM principal_alias WHERE principal = :canonical)
                ORDER BY number DESC LIMIT :limit\
                """)
            .bind("canonical", PrincipalTable.canonical(handle, principal))
            .bind("limit", limit)
            .map((row, context) -> row(row))
            .list());
  }

  @Override
  public List<Row> after(long number, int limit) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM audit WHERE number > :number ORDER BY number LIMIT :limit")
            .bind("number", number)
            .bind("limit", limit)
            .map((row, context) -> row(row))
            .list());
  }

  @Override
  public Head head() {
    return database.read(handle ->
        handle
            .createQuery("SELECT number, hash FROM audit_head")
            .map((row, context) -> head(row))
            .findOne()
            .orElse(new Head(0, AuditChain.BEGINNING)));
  }

  private static Head head(ResultSet row) throws SQLException {
    return new Head(row.getLong("number"), row.getString("hash"));
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("number"),
        new AuditEntry(
            Instant.ofEpochMilli(row.getLong("at")),
            row.getString("principal"),
            row.getString("channel"),
            row.getString("raw"),
            row.getString("action"),
            row.getString("env"),
            row.getString("app"),
            row.getString("job"),
            row.getString("decision"),
            row.getString("reason"),
            row.getString("rules"),
            row.getString("policy"),
            more(row.getString("more"))),
        row.getString("previous"),
        row.getString("hash"));
  }

  private static AuditEntry.More more(String json) {
    try {
      return json.isEmpty() ? AuditEntry.More.NONE : SealedJson.read(AuditEntry.More.class, json);
    } catch (UnreadableRow e) {
      // Shown as it is; it does not match its hash, so verification finds it.
      return new AuditEntry.More("", "", "", "", String.valueOf(e.getMessage()), "", false);
    }
  }
}
