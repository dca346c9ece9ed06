package dev.bandmaster.bot.work;

import dev.bandmaster.bot.chat.TimeWords;
import dev.bandmaster.bot.freeze.Freezes;
import dev.bandmaster.bot.store.Store;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

/** What keeps a test's queued jobs waiting: what is in its store, and no configured freeze. */
public final class TestObstacles {
  private TestObstacles() {}

  public static Obstacles of(Store store, InstantSource clock) {
    return new StandingObstacles(
        store.slots(),
        new Freezes(() -> store.freezes().all(), List.of()),
        new ObstacleWords(new TimeWords(ZoneId.of("UTC"))),
        clock);
  }
}
