package dev.bandmaster.agent.job;

import java.time.Duration;

/** Says when a certain time has passed again. Used by one thread. */
final class Rhythm {

  private final long period;
  private long next;

  Rhythm(Duration period) {
    this.period = period.toNanos();
    this.next = System.nanoTime() + this.period;
  }

  boolean isDue() {
    long now = System.nanoTime();
    if (now - next < 0) {
      return false;
    }
    next = now + period;
    return true;
  }
}
