package dev.bandmaster.core.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether silence can be believed: was the bot awake, was it connected, had it taken in what came,
 * and for long enough.
 */
final class SelfCheck {
  /** Between two looks, and without the broker; for longer, and the bot was away. */
  static final Duration LONGEST_BLINK = Duration.ofSeconds(15);

  /** Between two looks in the ordinary course of things. */
  private static final Duration LONGEST_STARE = Duration.ofSeconds(3);

  private final Duration grace;
  private @Nullable Instant looked;
  private Instant changed;
  private boolean connected;
  private @Nullable Instant clear;

  /**
   * Opens the eyes.
   *
   * @param looked the last time at which the bot is known to have watched, if it ever has
   * @param grace how long it has to see clearly before it believes what it sees
   */
  SelfCheck(Optional<Instant> looked, Duration grace, Instant now) {
    this.looked = looked.orElse(null);
    this.grace = grace;
    this.changed = now;
  }

  /** What the bot can see. */
  sealed interface View {
    /** The broker has been away since then. */
    record Blind(Instant since) implements View {}

    /** The broker is back; it had been away since then. */
    record Back(Instant since) implements View {}

    /** Not clearly yet. */
    record Blurred() implements View {}

    /** Clearly, and connected since then. */
    record Clear(Instant since) implements View {}
  }

  /** The time of the last look, if that is so long ago that beats may have been missed since. */
  Optional<Instant> closedSince(Instant now) {
    Optional<Instant> last = Optional.ofNullable(looked);
    looked = now;
    return last.filter(before -> Duration.between(before, now).compareTo(LONGEST_STARE) > 0);
  }

  View see(BusHealth health, Instant now) {
    if (health.connected() != connected) {
      Instant before = changed;
      connected = health.connected();
      changed = now;
      clear = null;
      return connected ? new View.Back(before) : new View.Blind(now);
    }
    if (!connected) {
      return new View.Blind(changed);
    }
    if (!health.drained()) {
      clear = null;
      return new View.Blurred();
    }
    Instant since = clear;
    if (since == null) {
      clear = now;
      since = now;
    }
    return now.isBefore(since.plus(grace)) ? new View.Blurred() : new View.Clear(changed);
  }

  /** Something else keeps the bot from seeing: the grace starts again. */
  void blur() {
    clear = null;
  }
}
