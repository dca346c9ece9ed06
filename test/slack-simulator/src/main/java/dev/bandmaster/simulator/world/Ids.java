package dev.bandmaster.simulator.world;

import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes identifiers in Slack's style. Safe for use by many threads. */
public final class Ids {
  private static final long ALPHABET = 36;
  private static final int LENGTH = 8;
  private final RandomGenerator random;

  /** Draws all identifiers from {@code random}. */
  public Ids(RandomGenerator random) {
    this.random = random;
  }

  /** A new identifier: the prefix, then a zero and eight characters. */
  public synchronized String next(String prefix) {
    StringBuilder id = new StringBuilder(prefix).append('0');
    for (int i = 0; i < LENGTH; i++) {
      id.append(Long.toString(random.nextLong(ALPHABET), (int) ALPHABET).toUpperCase(Locale.ROOT));
    }
    return id.toString();
  }

  /** A random UUID, as envelopes and client messages carry. */
  public synchronized String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  /** A number below {@code bound}. */
  public synchronized int below(int bound) {
    return random.nextInt(bound);
  }
}
