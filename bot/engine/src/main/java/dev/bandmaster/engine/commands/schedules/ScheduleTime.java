package dev.bandmaster.engine.commands.schedules;

import dev.bandmaster.model.CronTimes;
import dev.bandmaster.model.TimePhrase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
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

  static ScheduleTime read(String text, Instant now, ZoneId zone) {
    Optional<Instant> due = TimePhrase.wholeMoment(text, now, zone);
    if (due.isEmpty() && text.indexOf(' ') >= 0) {
      return cron(text, now, zone);
    }
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
