package dev.bandmaster.slack;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what is ignored, by reason. Safe for use by many threads. */
final class IgnoredCounts {
  private static final Logger LOG = LoggerFactory.getLogger(IgnoredCounts.class);

  private final Map<IgnoredReason, LongAdder> counts = new EnumMap<>(IgnoredReason.class);

  IgnoredCounts() {
    for (IgnoredReason reason : IgnoredReason.values()) {
      counts.put(reason, new LongAdder());
    }
  }

  void add(IgnoredReason reason) {
    LongAdder count = count(reason);
    count.increment();
    // Somebody who waits for an answer from another workspace finds out why there is none.
    if (reason == IgnoredReason.OTHER_WORKSPACE && count.sum() == 1) {
      LOG.warn("Ignored an event for another workspace. More are only" + " counted.");
    }
  }

  long of(IgnoredReason reason) {
    return count(reason).sum();
  }

  private LongAdder count(IgnoredReason reason) {
    return counts.computeIfAbsent(reason, key -> new LongAdder());
  }
}
