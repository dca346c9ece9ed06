package dev.bandmaster.bot.store.jdbi;

import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Ids;
import dev.bandmaster.bot.store.Inbox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code inbox}. */
final class InboxTable implements Inbox {

  private final Database database;
  private final InstantSource clock;

  InboxTable(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<Item> receive(String dedupeKey, String kind, String payload, Instant at) {
    String id = Ids.next(at);
    int inserted =
        database.writing(handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO inbox (id, kind, dedupe_key, payload, received_at)
                    VALUES (:id, :kind, :key, :payload, :at)
                    ON CONFLICT (dedupe_key) DO NOTHING\
                    """)
                .bind("id", id)
                .bind("kind", kind)
                .bind("key", dedupeKey)
                .bind("payload", payload)
                .bind("at", at.toEpochMilli())
                .execute());
    return inserted == 0 ? Optional.empty() : Optional.of(new Item(id, kind, payload, at));
  }

  @Override
  public List<Item> unhandled() {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT id, kind, payload, received_at FROM inbox WHERE state = 'NEW' ORDER BY id")
            .map((row, context) ->
                new Item(
                    row.getString("id"),
                    row.getString("kind"),
                    row.getString("payload"),
                    Instant.ofEpochMilli(row.getLong("received_at"))))
            .list());
  }

  void handled(Handle handle, Change.Handled change) {
    finish(handle, change.inboxId(), "HANDLED", "");
  }

  void abandoned(Handle handle, Change.Abandoned change) {
    finish(handle, change.inboxId(), "ABANDONED", change.reason());
  }

  private void finish(Handle handle, String id, String state, String reason) {
    handle
        .createUpdate(
            "UPDATE inbox SET state = :state, reason = :reason, finished_at = :now WHERE id = :id")
        .bind("state", state)
        .bind("reason", reason.replace('\0', '\u2400'))
        .bind("now", clock.millis())
        .bind("id", id)
        .execute();
  }
}
