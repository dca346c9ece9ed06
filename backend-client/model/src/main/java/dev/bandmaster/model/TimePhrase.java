package dev.bandmaster.model;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as people type them, at the beginning of a text: lengths such as {@code 2h}, {@code 1h30m}
 * and {@code 20 minutes}, and moments such as {@code now}, {@code in 10m}, {@code 18:30}, {@code
 * 9am}, {@code tomorrow 9am}, {@code monday}, {@code 2026-12-01 6:00}. What comes behind is left as
 * it was typed.
 *
 * @param <T> what was read
 * @param rest what comes behind, without the blanks before it
 */
public record TimePhrase<T>(T value, String rest) {

  private static final String UNITS =
      "seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w";

  private static final Pattern LENGTH = start("((?:[0-9]{1,6} ?(?:" + UNITS + ")){1,4})");

  private static final Pattern PART = Pattern.compile("([0-9]{1,6}) ?(" + UNITS + ")");

  private static final Pattern CLOCK = start("([0-9]{1,2}):([0-9]{2}) ?(am|pm)?");
  private static final Pattern HOUR = start("([0-9]{1,2}) ?(am|pm)");
  private static final Pattern NOON = start("(noon|midnight)");
  private static final Pattern DATE =
      Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})(?=[T\\s]|$)");

  private static final Pattern DAY =
      start(
          "(today|tomorrow|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)");

  /** When a day begins on which no time was given: people are at work then. */
  private static final LocalTime MORNING = LocalTime.of(9, 0);

  private static Pattern start(String expression) {
    return Pattern.compile(expression + "(?=\\s|[,;:]|$)", Pattern.CASE_INSENSITIVE);
  }

  /** A length of time at the beginning of a text. */
  public static Optional<TimePhrase<Duration>> length(String text) {
    Matcher length = LENGTH.matcher(text);
    if (!length.lookingAt()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    for (Matcher part = PART.matcher(length.group(1).toLowerCase(Locale.ROOT)); part.find(); ) {
      sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
    }
    return Optional.of(behind(sum, text, length));
  }

  private static Duration unit(String word) {
    return switch (word.charAt(0)) {
      case 's' -> Duration.ofSeconds(1);
      case 'm' -> Duration.ofMinutes(1);
      case 'h' -> Duration.ofHours(1);
      case 'd' -> Duration.ofDays(1);
      default -> Duration.ofDays(7);
    };
  }

  /** A whole text that is a length of time. */
  public static Optional<Duration> wholeLength(String text) {
    return length(text).filter(phrase -> phrase.rest().isEmpty()).map(TimePhrase::value);
  }

  /**
   * A moment at the beginning of a text. A time of day without a day is the next one; a day of the
   * week is the next one that is not today; a day without a time is its morning, 9:00.
   */
  public static Optional<TimePhrase<Instant>> moment(String text, Instant now, ZoneId zone) {
    String typed = behindWord(text, "at").orElse(text);
    ZonedDateTime here = now.atZone(zone);
    return now(typed, now)
        .or(() ->
            length(behindWord(typed, "in").orElse(typed))
                .map(found -> new TimePhrase<>(now.plus(found.value()), found.rest())))
        .or(() -> date(typed, zone))
        .or(() -> day(typed, here))
        .or(() ->
            time(typed).map(found -> new TimePhrase<>(next(found.value(), here), found.rest())));
  }

  /** A whole text that is a moment. */
  public static Optional<Instant> wholeMoment(String text, Instant now, ZoneId zone) {
    return moment(text, now, zone).filter(phrase -> phrase.rest().isEmpty()).map(TimePhrase::value);
  }

  /** What comes behind a word at the beginning of a text; empty if the text begins otherwise. */
  public static Optional<String> behindWord(String text, String word) {
    boolean begins =
        text.regionMatches(true, 0, word, 0, word.length())
            && text.length() > word.length()
            && Character.isWhitespace(text.charAt(word.length()));
    return begins ? Optional.of(text.substring(word.length()).stripLeading()) : Optional.empty();
  }

  private static Optional<TimePhrase<Instant>> now(String text, Instant now) {
    if (text.equalsIgnoreCase("now")) {
      return Optional.of(new TimePhrase<>(now, ""));
    }
    return behindWord(text, "now").map(rest -> new TimePhrase<>(now, rest));
  }

  private static Instant next(LocalTime time, ZonedDateTime here) {
    ZonedDateTime today = here.with(time);
    return (today.toInstant().isAfter(here.toInstant()) ? today : today.plusDays(1)).toInstant();
  }

  private static Optional<TimePhrase<Instant>> date(String text, ZoneId zone) {
    Matcher date = DATE.matcher(text);
    if (!date.lookingAt()) {
      return Optional.empty();
    }
    try {
      LocalDate day =
          LocalDate.of(
              Integer.parseInt(date.group(1)),
              Integer.parseInt(date.group(2)),
              Integer.parseInt(date.group(3)));
      String rest = text.substring(date.end());
      return Optional.of(
          onDay(day, rest.startsWith("T") ? rest.substring(1) : rest.stripLeading(), zone));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static Optional<TimePhrase<Instant>> day(String text, ZonedDateTime here) {
    Matcher day = DAY.matcher(text);
    if (!day.lookingAt()) {
      return Optional.empty();
    }
    LocalDate today = here.toLocalDate();
    String word = day.group(1).toLowerCase(Locale.ROOT);
    String rest = text.substring(day.end()).stripLeading();
    if (word.equals("today") && time(behindWord(rest, "at").orElse(rest)).isEmpty()) {
      return Optional.empty();
    }
    LocalDate meant =
        switch (word) {
          case "today" -> today;
          case "tomorrow" -> today.plusDays(1);
          default -> today.with(TemporalAdjusters.next(weekday(word)));
        };
    return Optional.of(onDay(meant, rest, here.getZone()));
  }

  private static DayOfWeek weekday(String word) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().toLowerCase(Locale.ROOT).startsWith(word.substring(0, 3))) {
        return day;
      }
    }
    throw new IllegalArgumentException("no day of the week: " + word);
  }

  private static TimePhrase<Instant> onDay(LocalDate day, String rest, ZoneId zone) {
    return time(behindWord(rest, "at").orElse(rest))
        .map(found ->
            new TimePhrase<>(day.atTime(found.value()).atZone(zone).toInstant(), found.rest()))
        .orElseGet(() -> new TimePhrase<>(day.atTime(MORNING).atZone(zone).toInstant(), rest));
  }

  private static Optional<TimePhrase<LocalTime>> time(String text) {
    Matcher clock = CLOCK.matcher(text);
    if (clock.lookingAt()) {
      return time(clock.group(1), clock.group(2), clock.group(3))
          .map(time -> behind(time, text, clock));
    }
    Matcher hour = HOUR.matcher(text);
    if (hour.lookingAt()) {
      return time(hour.group(1), "0", hour.group(2)).map(time -> behind(time, text, hour));
    }
    Matcher noon = NOON.matcher(text);
    return noon.lookingAt()
        ? Optional.of(
            behind(
                noon.group(1).equalsIgnoreCase("noon") ? LocalTime.NOON : LocalTime.MIDNIGHT,
                text,
                noon))
        : Optional.empty();
  }

  private static Optional<LocalTime> time(String hours, String minutes, @Nullable String half) {
    int hour = Integer.parseInt(hours);
    int minute = Integer.parseInt(minutes);
    if (half != null && (hour < 1 || hour > 12)) {
      return Optional.empty();
    }
    int whole = half == null ? hour : hour % 12 + (half.equalsIgnoreCase("pm") ? 12 : 0);
    return whole > 23 || minute > 59 ? Optional.empty() : Optional.of(LocalTime.of(whole, minute));
  }

  private static <T> TimePhrase<T> behind(T value, String text, Matcher found) {
    return new TimePhrase<>(value, text.substring(found.end()).stripLeading());
  }
}
