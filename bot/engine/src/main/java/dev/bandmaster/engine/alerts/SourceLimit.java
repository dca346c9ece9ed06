package dev.bandmaster.engine.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many different alerts one source may have at a time; what it says beyond that is only
 * counted. Safe for use by many threads.
 */
final class SourceLimit {

  /** Different alerts of one node, or of one other source. */
  static final int MOST_ALERTS = 10;

  private static final int MOST_SOURCES = 10_000;

  private final Duration window;
  private final Map<String, Map<String, Instant>> sources =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, Instant>> eldest) {
          return size() > MOST_SOURCES;
        }
      };

  /**
   * @param window after how long without a further word an alert does not count any more
   */
  SourceLimit(Duration window) {
    this.window = window;
  }

  /** Whether an alert of this key has a message of its own. */
  synchronized boolean isWithin(String source, String key, Instant now) {
    Map<String, Instant> keys = sources.computeIfAbsent(source, fresh -> new LinkedHashMap<>());
    keys.values().removeIf(last -> !last.plus(window).isAfter(now));
    if (!keys.containsKey(key) && keys.size() >= MOST_ALERTS) {
      return false;
    }
    keys.put(key, now);
    return true;
  }
}
