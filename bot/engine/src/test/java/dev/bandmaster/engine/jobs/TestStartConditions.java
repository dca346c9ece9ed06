package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.freeze.Freezes;
import dev.bandmaster.core.job.StartConditions;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.view.StartConditionText;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

/** What keeps a test's queued jobs waiting: what is in its store, and no configured freeze. */
public final class TestStartConditions {
  private TestStartConditions() {}

  public static StartConditions of(Store store, InstantSource clock) {
    return new StandardStartConditions(
        store.slots(),
        new Freezes(() -> store.freezes().all(), List.of()),
        new StartConditionText(new TimeText(ZoneId.of("UTC"))),
        clock);
  }
}
