package dev.bandmaster.simulator.time;

import java.time.Duration;

/** Does things later. Tests that must not wait put a hand-driven one in its place. */
public interface Timer extends AutoCloseable {
  /** Runs {@code task} once, {@code delay} from now, on a thread of the timer. */
  void after(Duration delay, Runnable task);

  /** Forgets what is still to be done. */
  @Override
  void close();

  /** A timer that follows the machine's clock. */
  static Timer real() {
    return new RealTimer();
  }
}
