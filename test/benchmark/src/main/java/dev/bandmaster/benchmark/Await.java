package dev.bandmaster.benchmark;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits for conditions, with a deadline. */
final class Await {
  /** Seldom, so that looking takes no processor from what is measured. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private Await() {}

  /**
   * Waits until something is so.
   *
   * @param what for the message when it is not so in time
   */
  static void until(String what, Duration patience, BooleanSupplier condition)
      throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new TimeoutException(
            "after %d s still not: %s".formatted(patience.toSeconds(), what));
      }
      Thread.sleep(LOOK_EVERY);
    }
  }
}
