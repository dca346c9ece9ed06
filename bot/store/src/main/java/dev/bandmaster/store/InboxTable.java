package dev.bandmaster.store;

import dev.bandmaster.core.store.AlreadyHandled;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.core.store.Inbox;
import java.sql.ResultSet;
import java.sql.SQLException;
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
  public Optional<Item> receive(Change.AcceptDelivery receive) {
    return database
        .writing(handle -> receive(handle, receive))
        .map(id ->
            new Item(id, receive.kind(), receive.payload(), receive.at(), receive.envelope()));
  }

  /** The id of the new row, or empty if one with this key is there. */
  Optional<String> receive(Handle handle, Change.AcceptDelivery receive) {
    String id = Ids.next(receive.at());
    int inserted =
        handle
            .createUpdate(
                """
                INSERT INTO inbox (id, seat, kind, dedupe_key, payload, received_at, envelope)
                VALUES (:id, :seat, :kind, :key, :payload, :at, :envelope)
                ON CONFLICT (dedupe_key) DO NOTHING\
                """)
            .bind("id", id)
            .bind("seat", receive.lease())
            .bind("kind", receive.kind())
            .bind("key", receive.dedupeKey())
            .bind("payload", receive.payload())
            .bind("at", receive.at().toEpochMilli())
            .bind("envelope", receive.envelope())
            .execute();
    return inserted == 0 ? Optional.empty() : Optional.of(id);
  }

  @Override
  public List<Item> unhandled(String lease) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id, kind, payload, received_at, envelope FROM inbox
                WHERE state = 'NEW' AND seat = :seat ORDER BY id\
                """)
            .bind("seat", lease)
            .map((row, context) -> item(row))
            .list());
  }

  @Override
  public Optional<Progress> progress(String dedupeKey) {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT id, kind, payload, received_at, envelope, state, reason FROM inbox
                WHERE dedupe_key = :key\
                """)
            .bind("key", dedupeKey)
            .map((row, context) ->
                new Progress(
                    item(row),
                    !row.getString("state").equals("NEW"),
                    row.getString("state").equals("ABANDONED"),
                    row.getString("reason")))
            .findOne());
  }

  private static Item item(ResultSet row) throws SQLException {
    return new Item(
        row.getString("id"),
        row.getString("kind"),
        row.getString("payload"),
        Instant.ofEpochMilli(row.getLong("received_at")),
        row.getString("envelope"));
  }

  void check(Handle handle, Change.RequireUnhandled change) {
    boolean open =
        handle
            .createQuery("SELECT 1 FROM inbox WHERE id = :id AND state = 'NEW'")
            .bind("id", change.inboxId())
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (!open) {
      throw new AlreadyHandled(change.inboxId());
    }
  }

  void handled(Handle handle, Change.MarkHandled change) {
    finish(handle, change.inboxId(), "HANDLED", change.outcome());
  }

  void abandoned(Handle handle, Change.MarkAbandoned change) {
    finish(handle, change.inboxId(), "ABANDONED", change.reason());
  }

  private void finish(Handle handle, String id, String state, String reason) {
    int changed =
        handle
            .createUpdate(
                """
                UPDATE inbox SET state = :state, reason = :reason, finished_at = :now
                WHERE id = :id AND state = 'NEW'\
                """)
            .bind("state", state)
            .bind("reason", reason.replace('\0', '\u2400'))
            .bind("now", clock.millis())
            .bind("id", id)
            .execute();
    if (changed == 0) {
      throw new AlreadyHandled(id);
    }
  }
}
