package dev.bandmaster.testfleet;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The heartbeats of a whole fleet from one thread, spread evenly over the interval, which varies by
 * a fifth.
 */
record Heartbeats(List<EmulatedAgent> agents, Duration interval, RandomGenerator random)
    implements Runnable {
  private static final int SLICES = 50;

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Duration round =
            Duration.ofNanos((long) (interval.toNanos() * (0.8 + 0.4 * random.nextDouble())));
        for (int slice = 0; slice < SLICES; slice++) {
          Thread.sleep(round.dividedBy(SLICES));
          for (int i = slice; i < agents.size(); i += SLICES) {
            agents.get(i).heartbeat(interval);
          }
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
