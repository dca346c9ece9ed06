package dev.bandmaster.simulator.world;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Makes message timestamps: seconds since 1970, a dot, microseconds. No two are equal and each is
 * later than the one before, whatever the clock does. Safe for use by many threads.
 */
public final class Timestamps {
  private static final long MICROS = 1_000_000;
  private final InstantSource clock;
  private long last;

  /** Follows {@code clock}. */
  public Timestamps(InstantSource clock) {
    this.clock = clock;
  }

  /** The next timestamp. */
  public synchronized String next() {
    Instant now = clock.instant();
    long micros = now.getEpochSecond() * MICROS + now.getNano() / 1_000;
    last = Math.max(micros, last + 1);
    return String.format(Locale.ROOT, "%d.%06d", last / MICROS, last % MICROS);
  }
}
