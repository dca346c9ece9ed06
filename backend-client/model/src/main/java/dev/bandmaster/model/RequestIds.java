package dev.bandmaster.model;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Ids that sort by time: UUID version 7 (RFC 9562). */
public final class RequestIds {
  /** How many numbers there are to tell ids of one millisecond apart and in order. */
  public static final int SEQUENCES = 0x1000;

  private RequestIds() {}

  /**
   * A new id.
   *
   * @param random a source that nobody can foresee, outside of tests
   */
  public static String next(Instant now, RandomGenerator random) {
    return of(now, random.nextInt(SEQUENCES), random);
  }

  /**
   * A new id with a place among those of its millisecond.
   *
   * @param sequence from 0 to {@link #SEQUENCES}, exclusively
   * @param random a source that nobody can foresee, outside of tests
   */
  public static String of(Instant now, int sequence, RandomGenerator random) {
    if (sequence < 0 || sequence >= SEQUENCES) {
      throw new IllegalArgumentException("no more ids in this millisecond: " + sequence);
    }
    long high = (now.toEpochMilli() << 16) | 0x7000L | sequence;
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
