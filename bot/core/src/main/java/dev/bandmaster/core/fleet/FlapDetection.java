package dev.bandmaster.core.fleet;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a node goes down and comes back too often for a notification each time. Its state is
 * sampled into 21 slots, one for each timeout, since it cannot change faster; changes between
 * neighbouring slots are weighed, recent ones more, as Nagios does it.
 *
 * @param history the samples as bits, the newest being the lowest; 1 is down
 * @param sampled when the newest sample was taken
 * @param flapping whether it is flapping now
 */
public record FlapDetection(int history, Instant sampled, boolean flapping) {
  private static final int SLOTS = 21;
  private static final int ALL = (1 << SLOTS) - 1;

  /** Share of weighed changes, in percent, at which flapping begins. */
  private static final double BEGINS = 50;

  /** Share of weighed changes, in percent, below which it is over. */
  private static final double ENDS = 25;

  /** The oldest change weighs 0.8, the newest 1.2. */
  private static final double OLDEST_WEIGHT = 0.8;

  private static final double WEIGHTS = 0.4;

  /** A node that has never been down. */
  public static final FlapDetection STEADY = new FlapDetection(0, Instant.EPOCH, false);

  /**
   * Fills the slots up to now with the state that there was, and adds the one that there is if it
   * is another, so that no change is too short to be seen.
   *
   * @param step the time from one sample to the next
   */
  FlapDetection sample(boolean wasDown, boolean isDown, Duration step, Instant now) {
    if (history == 0 && !wasDown && !isDown) {
      return this;
    }
    long passed = Math.max(0, Duration.between(sampled, now).dividedBy(step));
    int slots = (int) Math.min(passed, SLOTS);
    int filled = history;
    for (int i = 0; i < slots; i++) {
      filled = push(filled, wasDown);
    }
    Instant latest = passed > SLOTS ? now : sampled.plus(step.multipliedBy(passed));
    if (wasDown != isDown) {
      filled = push(filled, isDown);
      latest = now;
    }
    double change = change(filled);
    return new FlapDetection(filled, latest, flapping ? change > ENDS : change >= BEGINS);
  }

  private static int push(int samples, boolean down) {
    return ((samples << 1) | (down ? 1 : 0)) & ALL;
  }

  /** Weighed changes in percent of what they would be if every sample differed from the next. */
  private static double change(int samples) {
    double sum = 0;
    int pairs = SLOTS - 1;
    for (int age = 0; age < pairs; age++) {
      if (((samples >> age) & 1) != ((samples >> (age + 1)) & 1)) {
        sum += OLDEST_WEIGHT + WEIGHTS * (pairs - 1 - age) / (pairs - 1);
      }
    }
    return sum * 100 / pairs;
  }
}
