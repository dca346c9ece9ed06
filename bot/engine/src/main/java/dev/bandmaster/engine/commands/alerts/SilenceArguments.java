package dev.bandmaster.engine.commands.alerts;

import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.engine.commands.TimedReason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** The words behind what is to be silenced: until when, and why. */
sealed interface SilenceArguments {

  /** Until when, and why; the reason may be empty. */
  record Read(Instant until, String reason) implements SilenceArguments {}

  /** The words cannot be read; the reason is a sentence. */
  record Mistaken(String reason) implements SilenceArguments {}

  /**
   * Reads the words.
   *
   * @param length how long, where that was said instead of a moment at the beginning of the words
   */
  static SilenceArguments read(String typed, Optional<Duration> length, Instant now, ZoneId zone) {
    return switch (TimedReason.read(typed, length, TimedReason.Times.BARE_END, now, zone)) {
      case TimedReason.NoTime(String word) -> noTime(word);
      case TimedReason.TwoEnds _ -> new Mistaken("Use only one end: `for 2h` or `18:30`.");
      case TimedReason.Read(var _, Optional<Instant> until, String reason) ->
          until.map(end -> check(end, reason, now)).orElseGet(() -> noTime(reason));
    };
  }

  private static SilenceArguments noTime(String text) {
    return new Mistaken(
        text.isEmpty()
            ? "Until when? Add `for 2h` or an end time such as `18:30`."
            : "'%s' is not a time. Use `for 2h`, `18:30`, `tomorrow 9am` or `2026-12-01T06:00`."
                .formatted(text.split("\\s", 2)[0]));
  }

  private static SilenceArguments check(Instant until, String reason, Instant now) {
    if (!until.isAfter(now)) {
      return new Mistaken("That time has already passed.");
    }
    if (until.isAfter(now.plus(Silence.LONGEST))) {
      return new Mistaken(
          "A silence lasts at most %d days. Fix or stop monitoring what needs longer."
              .formatted(Silence.LONGEST.toDays()));
    }
    return reason.length() > 300
        ? new Mistaken("The reason is longer than 300 characters. Refer to a ticket instead.")
        : new Read(until, reason);
  }
}
