package dev.bandmaster.simulator.time;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that wakes up when something is due. */
final class RealTimer implements Timer {
  private static final Logger log = LoggerFactory.getLogger(RealTimer.class);

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("slack-simulator-timer").daemon().factory());

  @Override
  public void after(Duration delay, Runnable task) {
    try {
      var _ = executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      log.debug("The simulator is closed; pending timers were dropped");
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException failed) {
      log.warn("A simulator timer failed", failed);
    }
  }
}
