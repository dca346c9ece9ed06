package dev.bandmaster.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do. */
public final class Await {
  /** Generous: only a test that fails takes so long. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Await() {}

  /** Waits until the condition holds. */
  public static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting: %s", what).isLessThan(end);
      Thread.sleep(5);
    }
  }
}
