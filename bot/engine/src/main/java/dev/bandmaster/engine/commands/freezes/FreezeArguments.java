package dev.bandmaster.engine.commands.freezes;

import dev.bandmaster.engine.commands.TimedReason;
import dev.bandmaster.engine.commands.schedules.ScheduleTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** The words behind what is to be frozen: {@code from 18:00 to 2026-12-27 08:00 reason…}. */
sealed interface FreezeArguments {

  /** From when until when, and why. */
  record Read(Instant from, Instant until, String reason) implements FreezeArguments {}

  /** The words cannot be read; the reason is a sentence. */
  record Mistaken(String reason) implements FreezeArguments {}

  /**
   * Reads the words. A time of day without a day is the next one: behind {@code from} the next from
   * now, behind {@code to} the next after the beginning.
   *
   * @param length how long, where that was said instead of {@code to}
   */
  static FreezeArguments read(String typed, Optional<Duration> length, Instant now, ZoneId zone) {
    return switch (TimedReason.read(
        typed, length, TimedReason.Times.BEGINNING_AND_END, now, zone)) {
      case TimedReason.NoTime(String word) -> unreadable(word);
      case TimedReason.TwoEnds _ ->
          new Mistaken("Use only one end: either `to`, or `for` or `--for`.");
      case TimedReason.Read(Optional<Instant> from, var _, var _)
          when from.filter(begin -> begin.isBefore(now)).isPresent() ->
          new Mistaken("That beginning has already passed. Leave out `from` to start now.");
      case TimedReason.Read(var _, Optional<Instant> until, var _) when until.isEmpty() ->
          new Mistaken("Until when? Add `to 18:30`, `to 2026-12-27T08:00` or `for 2h`.");
      case TimedReason.Read(Optional<Instant> from, Optional<Instant> until, String reason) ->
          check(from.orElse(now), until.orElse(now), reason, now);
    };
  }

  private static FreezeArguments check(Instant from, Instant until, String reason, Instant now) {
    if (!until.isAfter(from)) {
      return new Mistaken("The end is before the start.");
    }
    if (until.isAfter(now.plus(ScheduleTime.FARTHEST))) {
      return new Mistaken(
          "The end is more than a year ahead. Recurring freezes belong in the configuration, under 'freezes'.");
    }
    return new Read(from, until, reason);
  }

  private static Mistaken unreadable(String text) {
    return new Mistaken(
        "'%s' is not a time. Use `2h`, `18:30`, `tomorrow 9am` or `2026-12-01T06:00`."
            .formatted(text));
  }
}
