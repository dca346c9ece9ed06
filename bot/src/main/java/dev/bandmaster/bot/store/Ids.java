package dev.bandmaster.bot.store;

import dev.bandmaster.wire.RequestIds;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * Ids of rows. They sort by the time they were made, and a job's id is its request's on the bus.
 */
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /** A new id, in the usual 36 characters. */
  public static String next(Instant now) {
    return RequestIds.next(now, RANDOM);
  }
}
