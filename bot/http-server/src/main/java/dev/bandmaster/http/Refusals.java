package dev.bandmaster.http;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what was refused, and logs it: the first of a kind at once, then a count per minute. */
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final Map<Refusal, LongAdder> counts = new EnumMap<>(Refusal.class);
  private final Map<Refusal, Long> reported = new EnumMap<>(Refusal.class);
  private long lastReport;
  private boolean quiet = true;

  Refusals() {
    for (Refusal refusal : Refusal.values()) {
      counts.put(refusal, new LongAdder());
      reported.put(refusal, 0L);
    }
  }

  void add(Refusal refusal) {
    counter(refusal).increment();
  }

  long count(Refusal refusal) {
    return counter(refusal).sum();
  }

  private LongAdder counter(Refusal refusal) {
    LongAdder counter = counts.get(refusal);
    if (counter == null) {
      throw new IllegalStateException(refusal.name());
    }
    return counter;
  }

  /** Logs what has happened since the last line, at most once a minute. */
  synchronized void report(long now) {
    if (!quiet && now - lastReport < MINUTE) {
      return;
    }
    StringBuilder line = new StringBuilder();
    for (Refusal refusal : Refusal.values()) {
      long count = count(refusal);
      long before = reported.getOrDefault(refusal, 0L);
      if (count > before) {
        line.append(line.isEmpty() ? "" : ", ")
            .append(String.format(Locale.ROOT, "%s %d", refusal.label(), count - before));
        reported.put(refusal, count);
      }
    }
    quiet = line.isEmpty();
    if (!quiet) {
      lastReport = now;
      LOG.warn("HTTP requests or connections rejected since the last report: {}", line);
    }
  }
}
