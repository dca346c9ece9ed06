package dev.bandmaster.engine.commands.alerts;

import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.engine.commands.schedules.ScheduleTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
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
  static SilenceArguments read(
      List<String> words, Optional<Duration> length, Instant now, ZoneId zone) {
    // What was typed into a dialog arrives as one word.
    List<String> each = List.of(String.join(" ", words).strip().split(" +"));
    if (length.isPresent()) {
      return check(now.plus(length.get()), String.join(" ", each), now);
    }
    String first = each.getFirst();
    return ScheduleTime.moment(first, now, zone)
        .map(until -> check(until, String.join(" ", each.subList(1, each.size())), now))
        .orElseGet(() ->
            new Mistaken(
                first.isEmpty()
                    ? "Until when? Add `--for 2h` or an end time such as `18:30`."
                    : "'%s' is not a time. Use `--for 2h`, `18:30` or `2026-12-01T06:00`."
                        .formatted(first)));
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
