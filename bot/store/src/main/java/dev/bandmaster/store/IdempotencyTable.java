package dev.bandmaster.store;

import dev.bandmaster.core.store.AlreadyRecorded;
import dev.bandmaster.core.store.Change;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/** The table {@code once}. Obsolete rows are deleted on each insert. */
final class IdempotencyTable {

  private final InstantSource clock;

  IdempotencyTable(InstantSource clock) {
    this.clock = clock;
  }

  void once(Handle handle, Change.IdempotencyKey once) {
    handle
        .createUpdate("DELETE FROM once WHERE until_at <= :now")
        .bind("now", clock.millis())
        .execute();
    int written =
        handle
            .createUpdate(
                """
                INSERT INTO once (scope, mark, until_at) VALUES (:scope, :mark, :until)
                ON CONFLICT (scope, mark) DO NOTHING\
                """)
            .bind("scope", once.scope())
            .bind("mark", once.mark())
            .bind("until", once.until().toEpochMilli())
            .execute();
    if (written == 0) {
      throw new AlreadyRecorded(once.mark());
    }
  }
}
