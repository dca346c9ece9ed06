package dev.bandmaster.app;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * How long the newest deliveries took from their arrival to their acknowledgement. Slack allows
 * three seconds. Safe for use by many threads.
 */
public final class AckLatency {

  /** Enough for a p99 that means something. */
  private static final int KEPT = 1_000;

  private final long[] nanos = new long[KEPT];
  private long count;
  private Consumer<Duration> listener = took -> {};

  synchronized void add(Duration took) {
    nanos[(int) (count % KEPT)] = took.toNanos();
    count++;
    listener.accept(took);
  }

  /** Forwards the kept measurements and all further ones. To be set once. */
  synchronized void forward(Consumer<Duration> consumer) {
    for (int kept = 0; kept < Math.min(count, KEPT); kept++) {
      consumer.accept(Duration.ofNanos(nanos[kept]));
    }
    listener = consumer;
  }

  /** How many deliveries were acknowledged since the start. */
  public synchronized long count() {
    return count;
  }

  /** The time within which this share of the newest deliveries was acknowledged. */
  public synchronized Duration quantile(double share) {
    int known = (int) Math.min(count, KEPT);
    if (known == 0) {
      return Duration.ZERO;
    }
    long[] sorted = Arrays.copyOf(nanos, known);
    Arrays.sort(sorted);
    return Duration.ofNanos(sorted[Math.max((int) Math.ceil(share * known), 1) - 1]);
  }

  String describe() {
    return "%d deliveries, median %.1f ms, p99 %.1f ms"
        .formatted(count(), quantile(0.5).toNanos() / 1e6, quantile(0.99).toNanos() / 1e6);
  }
}
