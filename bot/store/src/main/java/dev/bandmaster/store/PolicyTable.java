package dev.bandmaster.store;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store.PolicyText;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code policy}: every policy that was in use, by its hash. */
final class PolicyTable {

  private final Database database;
  private final InstantSource clock;

  PolicyTable(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  void keep(Handle handle, Change.KeepPolicy kept) {
    handle
        .createUpdate(
            """
            INSERT INTO policy (hash, name, text, used_at) VALUES (:hash, :name, :text, :now)
            ON CONFLICT (hash) DO UPDATE SET used_at = excluded.used_at\
            """)
        .bind("hash", kept.hash())
        .bind("name", kept.name())
        .bind("text", kept.text())
        .bind("now", Math.max(clock.millis(), newestAt(handle) + 1))
        .execute();
  }

  /** A clock that was set back must not put an older policy in force. */
  private static long newestAt(Handle handle) {
    return handle
        .createQuery("SELECT MAX(used_at) FROM policy")
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  Optional<String> newestHash() {
    return database.read(handle ->
        handle
            .createQuery("SELECT hash FROM policy ORDER BY used_at DESC, hash LIMIT 1")
            .mapTo(String.class)
            .findOne());
  }

  boolean has(String hash) {
    return database.read(handle ->
        handle
            .createQuery("SELECT hash FROM policy WHERE hash = :hash")
            .bind("hash", hash)
            .mapTo(String.class)
            .findOne()
            .isPresent());
  }

  Optional<PolicyText> newest() {
    return database.read(handle ->
        handle
            .createQuery("SELECT name, text FROM policy ORDER BY used_at DESC, hash LIMIT 1")
            .map((row, context) -> new PolicyText(row.getString("name"), row.getString("text")))
            .findOne());
  }
}
