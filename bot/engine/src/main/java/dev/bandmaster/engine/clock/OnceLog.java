package dev.bandmaster.engine.clock;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;

/**
 * Logs each fault once, however often it comes back. For what has no retry of its own, such as
 * drawing a message, and so needs no clock; what is tried again goes through an {@link ItemGuard}.
 * Safe for use by many threads.
 */
public final class OnceLog {

  /** Faults that are remembered; beyond it the oldest is logged once more. */
  private static final int CAPACITY = 10_000;

  private final Logger log;
  private final Set<String> logged =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > CAPACITY;
            }
          });

  public OnceLog(Logger log) {
    this.log = log;
  }

  /**
   * Logs a fault unless the same was logged before.
   *
   * @param what a sentence that says what failed and for which item
   */
  public void error(String what, Throwable fault) {
    if (isFirst(what)) {
      log.error("{} (logged once)", what, fault);
    }
  }

  private synchronized boolean isFirst(String what) {
    return logged.add(what);
  }
}
