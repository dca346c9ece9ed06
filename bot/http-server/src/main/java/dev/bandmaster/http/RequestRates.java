package dev.bandmaster.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts requests per address: each has a bucket that fills again with time. Thread-safe. */
final class RequestRates {
  private final HttpBounds.Rate rate;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > rate.addresses();
        }
      };

  private static final class Bucket {
    private double left;
    private long at;

    Bucket(double left, long at) {
      this.left = left;
      this.at = at;
    }
  }

  RequestRates(HttpBounds.Rate rate) {
    this.rate = rate;
  }

  /**
   * Takes one request from the address's bucket.
   *
   * @param now in nanoseconds
   * @return whether there was one left
   */
  synchronized boolean take(String address, long now) {
    Bucket bucket = buckets.computeIfAbsent(address, key -> new Bucket(rate.burst(), now));
    double filled = (now - bucket.at) * (double) rate.perSecond() / Duration.ofSeconds(1).toNanos();
    bucket.left = Math.min(rate.burst(), bucket.left + filled);
    bucket.at = now;
    if (bucket.left < 1) {
      return false;
    }
    bucket.left--;
    return true;
  }

  synchronized int addresses() {
    return buckets.size();
  }
}
