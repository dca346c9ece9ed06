package dev.bandmaster.slack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long to wait where Slack limits a method and does not say for how long: a second at first,
 * twice as long each time it still does after that, half a minute at most. Refusals that come while
 * one guess lasts are answers to one question and change nothing. Safe for use by many threads.
 */
final class GuessedLimit {

  /** Most limits are counted in seconds. */
  static final Duration FIRST = Duration.ofSeconds(1);

  /** Longer than that nobody waits on a guess. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  private record Guess(Instant since, Duration delay) {}

  private final InstantSource clock;

  /** By method, of which the bot uses a few dozen. */
  private final Map<String, Guess> guesses = new ConcurrentHashMap<>();

  GuessedLimit(InstantSource clock) {
    this.clock = clock;
  }

  /** The method was limited once more. */
  Duration next(String method) {
    Instant now = clock.instant();
    Guess guess =
        guesses.merge(
            method,
            new Guess(now, FIRST),
            (last, first) ->
                now.isBefore(last.since().plus(last.delay()))
                    ? last
                    : new Guess(now, doubled(last.delay())));
    return guess.delay();
  }

  /** The method was let through. */
  void passed(String method) {
    guesses.remove(method);
  }

  private static Duration doubled(Duration delay) {
    Duration twice = delay.multipliedBy(2);
    return twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
  }
}
