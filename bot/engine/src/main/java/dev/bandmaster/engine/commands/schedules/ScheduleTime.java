package dev.bandmaster.engine.commands.schedules;

import dev.bandmaster.model.CronTimes;
import dev.bandmaster.plugin.Spans;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A time as people type it: {@code 2h} from now, {@code 18:30} today or tomorrow, {@code
 * 2026-12-01T06:00}, or a cron expression of five fields in quotes.
 */
public sealed interface ScheduleTime {

  /** Once. */
  record Once(Instant due) implements ScheduleTime {}

  /** Again and again. */
  record Repeated(String cron, Instant due) implements ScheduleTime {}

  /** It cannot be read, or never comes; the reason is a sentence. */
  record Unreadable(String reason) implements ScheduleTime {}

  /** How far ahead anybody plans; a mistyped year is more likely than a later one. */
  Duration FARTHEST = Duration.ofDays(366);

  /** As people write it: an hour needs no leading zero, and a space is as good as a T. */
  DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("H:mm");

  /** The same with the day. */
  DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd['T'][' ']H:mm");

  static ScheduleTime read(String text, Instant now, ZoneId zone) {
    if (text.indexOf(' ') >= 0 && date(text, zone).isEmpty()) {
      return cron(text, now, zone);
    }
    Optional<Instant> due = moment(text, now, zone);
    if (due.isEmpty()) {
      return new Unreadable(
          "'%s' is not a time. Use `2h`, `18:30`, `2026-12-01T06:00` or a quoted cron expression such as `\"0 6 * * 1-5\"`."
              .formatted(text));
    }
    if (!due.get().isAfter(now)) {
      return new Unreadable("'%s' has already passed.".formatted(text));
    }
    return due.get().isAfter(now.plus(FARTHEST))
        ? new Unreadable("'%s' is more than a year ahead.".formatted(text))
        : new Once(due.get());
  }

  /** A moment: a length of time from {@code now}, a time of day, or a day and a time. */
  static Optional<Instant> moment(String text, Instant now, ZoneId zone) {
    return Spans.parse(text)
        .map(now::plus)
        .or(() -> clock(text, now, zone))
        .or(() -> date(text, zone));
  }

  private static Optional<Instant> clock(String text, Instant now, ZoneId zone) {
    try {
      LocalTime time = LocalTime.parse(text, CLOCK);
      ZonedDateTime today = now.atZone(zone).with(time);
      return Optional.of((today.toInstant().isAfter(now) ? today : today.plusDays(1)).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> date(String text, ZoneId zone) {
    try {
      return Optional.of(LocalDateTime.parse(text, DATE).atZone(zone).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static ScheduleTime cron(String text, Instant now, ZoneId zone) {
    Optional<CronTimes> times = CronTimes.parse(text);
    if (times.isEmpty()) {
      return new Unreadable(
          "'%s' is not a cron expression: minute, hour, day of month, month, day of week, for example `\"0 6 * * 1-5\"`."
              .formatted(text));
    }
    return times
        .get()
        .next(now, zone)
        .<ScheduleTime>map(due -> new Repeated(text, due))
        .orElseGet(() -> new Unreadable("'%s' never occurs.".formatted(text)));
  }

  /** The next time of a cron expression; empty if it is none, or never comes. */
  static Optional<Instant> next(String cron, Instant after, ZoneId zone) {
    return CronTimes.parse(cron).flatMap(times -> times.next(after, zone));
  }
}
