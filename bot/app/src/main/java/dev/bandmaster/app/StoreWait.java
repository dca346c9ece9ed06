package dev.bandmaster.app;

import dev.bandmaster.core.store.StoreNotThereYet;
import dev.bandmaster.model.Backoff;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts something that needs the database, and waits for the database as long as it takes: after a
 * power failure everything starts at once, and an init system would give up. Says so once.
 */
final class StoreWait {
  private static final Logger LOG = LoggerFactory.getLogger(StoreWait.class);

  private static final Backoff PAUSES = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));

  /** Attempts that are counted; the pauses have long stopped growing by then. */
  private static final int MOST = 1_000;

  /** Lets time pass. */
  interface Pause {
    void of(Duration length) throws InterruptedException;
  }

  private StoreWait() {}

  /**
   * @param start leaves nothing behind where it throws
   */
  static <T> T start(Supplier<T> start, RandomGenerator random, Pause pause)
      throws InterruptedException {
    for (int attempt = 0; ; attempt = Math.min(attempt + 1, MOST)) {
      try {
        T started = start.get();
        if (attempt > 0) {
          LOG.info("The store responds now");
        }
        return started;
      } catch (StoreNotThereYet absent) {
        if (attempt == 0) {
          LOG.warn("{}. Waiting for it", absent.getMessage());
        }
        pause.of(PAUSES.delay(attempt, random));
      }
    }
  }
}
