package dev.bandmaster.core.store;

import dev.bandmaster.model.RequestIds;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * Ids of rows. They sort by the time they were made, and a job's id is its request's on the bus.
 * Those that one process makes within a millisecond sort in the order in which they were made: two
 * orders to one job must not change places. Safe for use by many threads.
 */
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();

  private static long millis;
  private static int sequence;

  private Ids() {}

  /** A new id, in the usual 36 characters. */
  public static synchronized String next(Instant now) {
    // Half of the numbers are left to count on; no process makes so many ids in a millisecond.
    sequence =
        now.toEpochMilli() == millis
            ? Math.min(sequence + 1, RequestIds.SEQUENCES - 1)
            : RANDOM.nextInt(RequestIds.SEQUENCES / 2);
    millis = now.toEpochMilli();
    return RequestIds.of(now, sequence, RANDOM);
  }
}
