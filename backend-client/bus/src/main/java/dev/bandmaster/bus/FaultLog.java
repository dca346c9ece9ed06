package dev.bandmaster.bus;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * Reports a fault once and counts its repetitions: the first occurrence with its stack trace, then
 * a line each time the count has grown tenfold, and a line when it is over. A loop that catches
 * what one item throws uses it so that the item cannot fill the log. Any thread.
 */
public final class FaultLog {
  /** Different places that are kept apart; beyond that they share one count. */
  private static final int MOST_PLACES = 1_000;

  private final Logger log;
  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

  public FaultLog(Logger log) {
    this.log = log;
  }

  /**
   * Something has failed that is expected to work.
   *
   * @param place what failed, in words that stay the same when it fails again
   */
  public void failed(String place, Throwable fault) {
    String key = counts.size() < MOST_PLACES || counts.containsKey(place) ? place : "other errors";
    long count = counts.computeIfAbsent(key, each -> new AtomicLong()).incrementAndGet();
    if (count == 1) {
      log.error("{} failed", place, fault);
    } else if (isPowerOfTen(count)) {
      log.error("{} has failed {} times, last with {}", place, count, fault.toString());
    }
  }

  /** It works again. */
  public void recovered(String place) {
    AtomicLong count = counts.remove(place);
    if (count != null) {
      log.info("{} works again after {} failures", place, count.get());
    }
  }

  /** How often it has failed since it last worked. */
  public long count(String place) {
    AtomicLong count = counts.get(place);
    return count == null ? 0 : count.get();
  }

  private static boolean isPowerOfTen(long count) {
    long rest = count;
    while (rest % 10 == 0) {
      rest /= 10;
    }
    return rest == 1;
  }
}
