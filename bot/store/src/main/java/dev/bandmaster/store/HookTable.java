package dev.bandmaster.store;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Hooks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code hook_call}. */
final class HookTable implements Hooks {
  private final Database database;

  HookTable(Database database) {
    this.database = database;
  }

  /** Runs that have not started are obsolete. */
  static void called(Handle handle, Change.RequestHook called) {
    Call call = called.call();
    handle.execute(
        "DELETE FROM hook_call WHERE hook = ? AND node = ? AND holder = ''",
        call.hook(),
        call.node());
    handle.execute(
        """
        INSERT INTO hook_call (id, hook, node, event, at, holder, held_until)
        VALUES (?, ?, ?, ?, ?, '', 0)\
        """,
        call.id(),
        call.hook(),
        call.node(),
        call.event(),
        call.at().toEpochMilli());
  }

  /** Empty if another replica has taken it over, since it runs again there. */
  static void ended(Handle handle, Change.HookFinished ended) {
    handle.execute("DELETE FROM hook_call WHERE id = ? AND holder = ?", ended.id(), ended.holder());
  }

  @Override
  public List<Call> waiting(Instant now, int limit) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id, hook, node, event, at FROM hook_call
                WHERE held_until <= :now AND NOT EXISTS (
                  SELECT 1 FROM hook_call AS earlier
                  WHERE earlier.hook = hook_call.hook AND earlier.node = hook_call.node
                    AND earlier.id < hook_call.id)
                ORDER BY id LIMIT :limit\
                """)
            .bind("now", now.toEpochMilli())
            .bind("limit", limit)
            .map((row, context) ->
                new Call(
                    row.getString("id"),
                    row.getString("hook"),
                    row.getString("node"),
                    row.getString("event"),
                    Instant.ofEpochMilli(row.getLong("at"))))
            .list());
  }

  @Override
  public boolean claim(Call call, String holder, Instant now, Duration lease) {
    return database.writing(handle ->
        handle
            .createUpdate(
                """
                UPDATE hook_call SET holder = :holder, held_until = :until
                WHERE id = :id AND held_until <= :now\
                """)
            .bind("holder", holder)
            .bind("until", now.plus(lease).toEpochMilli())
            .bind("id", call.id())
            .bind("now", now.toEpochMilli())
            .execute())
        == 1;
  }

  @Override
  public long count() {
    return database.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM hook_call").mapTo(Long.class).one());
  }
}
