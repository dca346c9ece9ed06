package dev.bandmaster.core.testing;

import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.core.store.Store;
import java.time.Duration;
import java.time.Instant;

/** A chat that shows at once whatever the outbox wants, for tests that send nothing. */
public final class Posted {

  private Posted() {}

  /** All that is due is there. */
  public static void all(Store store, Instant now) {
    Outbox outbox = store.outbox();
    outbox
        .claim(
            "everything-is-posted",
            now,
            Duration.ofMinutes(1),
            outbox.due(now, 1_000).stream().map(Outbox.Item::id).toList())
        .forEach(claim -> outbox.sent(claim, "ts-" + claim.item().id()));
  }
}
