package dev.bandmaster.engine.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This machine's clock, corrected by one that is shared with others. Replicas on one database tell
 * the time by it, so a deadline that one of them has written means the same to the next, however
 * wrong the clock of either machine is. Safe for use by many threads.
 */
public final class SharedClock implements InstantSource {
  private static final Logger LOG = LoggerFactory.getLogger(SharedClock.class);

  /** The shared time comes in whole milliseconds, cut off. */
  private static final Duration CUT_OFF = Duration.ofMillis(1);

  /** Less than this is no reason to look after a machine's clock. */
  private static final Duration NOTEWORTHY = Duration.ofSeconds(1);

  private final InstantSource own;
  private volatile Duration ahead = Duration.ZERO;

  /** A clock that is not corrected yet. */
  public SharedClock(InstantSource own) {
    this.own = own;
  }

  @Override
  public Instant instant() {
    return own.instant().minus(ahead);
  }

  /**
   * Compares the clocks once. An answer that took its time says only between which bounds the
   * shared time lies; what fits between them stays, so a slow answer does no harm.
   *
   * @param shared asks for the shared time; what it throws goes through, and nothing changes
   */
  public void compare(Supplier<Instant> shared) {
    Instant before = own.instant();
    Instant theirs = shared.get();
    Instant after = own.instant();
    Duration least = Duration.between(theirs, before).minus(CUT_OFF);
    Duration most = Duration.between(theirs, after);
    boolean jumped = after.isBefore(before);
    if (!jumped && (ahead.compareTo(least) < 0 || ahead.compareTo(most) > 0)) {
      correct(least.plus(most).dividedBy(2));
    }
  }

  private void correct(Duration found) {
    if (found.minus(ahead).abs().compareTo(NOTEWORTHY) >= 0) {
      LOG.warn("This machine's clock {}", describe(found));
    }
    ahead = found;
  }

  private static String describe(Duration ahead) {
    return "is %.1f s %s; the shared clock is used"
        .formatted(ahead.abs().toMillis() / 1e3, ahead.isNegative() ? "behind" : "ahead");
  }

  /** What people should know of the machine's clock, or empty while it is right. */
  public Optional<String> complaint() {
    Duration now = ahead;
    return now.abs().compareTo(NOTEWORTHY) < 0 ? Optional.empty() : Optional.of(describe(now));
  }

  /** How far this machine's clock is ahead of the shared one; negative where it is behind. */
  public Duration ahead() {
    return ahead;
  }
}
