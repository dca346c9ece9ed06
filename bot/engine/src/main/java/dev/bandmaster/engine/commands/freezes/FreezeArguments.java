package dev.bandmaster.engine.commands.freezes;

import dev.bandmaster.engine.commands.schedules.ScheduleTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
  static FreezeArguments read(
      List<String> words, Optional<Duration> length, Instant now, ZoneId zone) {
    Deque<String> left = new ArrayDeque<>(words);
    Optional<String> from = after("from", left);
    Optional<String> to = after("to", left).or(() -> after("until", left));
    Optional<Instant> begin = from.map(text -> moment(text, now, zone)).orElse(Optional.of(now));
    if (begin.isEmpty()) {
      return unreadable(from.orElse(""));
    }
    if (begin.get().isBefore(now)) {
      return new Mistaken(
          "'%s' has already passed. Leave out `from` to start now.".formatted(from.orElse("")));
    }
    if (to.isPresent() == length.isPresent()) {
      return new Mistaken(
          to.isPresent()
              ? "Use either `to` or `--for`, not both."
              : "Until when? Add `to 18:30`, `to 2026-12-27T08:00` or `--for 2h`.");
    }
    Optional<Instant> end =
        to.map(text -> moment(text, begin.get(), zone)).orElse(length.map(begin.get()::plus));
    return end.map(until -> check(begin.get(), until, String.join(" ", left), now))
        .orElseGet(() -> unreadable(to.orElse("")));
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

  private static Optional<Instant> moment(String text, Instant now, ZoneId zone) {
    return text.equals("now") ? Optional.of(now) : ScheduleTime.moment(text, now, zone);
  }

  private static Mistaken unreadable(String text) {
    return new Mistaken(
        "'%s' is not a time. Use `2h`, `18:30` or `2026-12-01T06:00`.".formatted(text));
  }

  /** Takes a keyword and its time off the front; a day and a time may be two words. */
  private static Optional<String> after(String keyword, Deque<String> words) {
    if (words.size() < 2 || !words.peek().equalsIgnoreCase(keyword)) {
      return Optional.empty();
    }
    words.poll();
    String time = words.remove();
    boolean timeFollows =
        time.matches("\\d{4}-\\d{2}-\\d{2}")
            && words.peek() != null
            && words.peek().matches("\\d{1,2}:\\d{2}");
    return Optional.of(timeFollows ? time + "T" + words.remove() : time);
  }
}
