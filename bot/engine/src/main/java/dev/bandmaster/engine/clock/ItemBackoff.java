package dev.bandmaster.engine.clock;

import dev.bandmaster.model.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Keeps items that fail apart from the others of a loop: each waits longer after each failure, and
 * only its first failure is worth a line in the log. Safe for use by many threads.
 */
public final class ItemBackoff {

  /** Items remembered; what is forgotten is tried at once and reported once more. */
  private static final int MOST = 1_000;

  private final Backoff backoff;
  private final RandomGenerator random;
  private final Map<String, Failing> failing =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failing> eldest) {
          return size() > MOST;
        }
      };

  private record Failing(int failures, Instant until) {}

  public ItemBackoff(Duration first, Duration longest, RandomGenerator random) {
    this.backoff = new Backoff(first, longest);
    this.random = random;
  }

  /** Whether it is too early to try an item again. */
  public synchronized boolean isWaiting(String item, Instant now) {
    Failing known = failing.get(item);
    return known != null && known.until().isAfter(now);
  }

  /**
   * An item has failed, and waits from now on.
   *
   * @return whether that is news: it did not fail when it was last tried
   */
  public synchronized boolean failed(String item, Instant now) {
    Failing known = failing.get(item);
    int failures = known == null ? 0 : known.failures();
    failing.put(item, new Failing(failures + 1, now.plus(backoff.delay(failures, random))));
    return known == null;
  }

  /** An item has not failed. */
  public synchronized void succeeded(String item) {
    failing.remove(item);
  }

  /** How many items have failed when they were last tried. */
  public synchronized int count() {
    return failing.size();
  }
}
