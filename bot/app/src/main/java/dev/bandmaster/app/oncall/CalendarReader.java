package dev.bandmaster.app.oncall;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.TimezoneInfo;
import biweekly.property.Attendee;
import biweekly.property.DateStart;
import biweekly.property.RecurrenceId;
import biweekly.property.Status;
import biweekly.property.Summary;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import dev.bandmaster.engine.oncall.DutySource.DutyUnknown;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** Finds the event of a calendar that is on, and whom it names. */
final class CalendarReader {

  private static final int MOST_EVENTS = 10_000;

  /** Occurrences of one event that are looked at. */
  private static final int MOST_LOOKS = 1_000;

  private CalendarReader() {}

  /**
   * Who is named by the events that are on.
   *
   * @param until when the first of them ends
   */
  record Shift(List<String> names, Optional<Instant> until) {}

  private record Span(Instant begin, Instant end) {}

  static Shift at(String text, Instant now, ZoneId zone) throws DutyUnknown {
    ICalendar calendar = parsed(text);
    List<VEvent> events = calendar.getEvents();
    if (events.size() > MOST_EVENTS) {
      throw new DutyUnknown("The calendar has more than %,d events.".formatted(MOST_EVENTS));
    }
    Map<String, Set<Instant>> moved = moved(events);
    List<String> names = new ArrayList<>();
    Optional<Instant> until = Optional.empty();
    for (VEvent event : events) {
      Optional<Span> span = on(calendar.getTimezoneInfo(), event, moved, now, zone);
      if (span.isPresent()) {
        names.addAll(names(event));
        Instant end = span.get().end();
        until = until.isPresent() && until.get().isBefore(end) ? until : Optional.of(end);
      }
    }
    return new Shift(names, until);
  }

  private static ICalendar parsed(String text) throws DutyUnknown {
    try {
      ICalendar calendar = Biweekly.parse(text).first();
      if (calendar == null) {
        throw new DutyUnknown("The calendar's server sent something that is no calendar.");
      }
      return calendar;
    } catch (RuntimeException | StackOverflowError e) {
      // Without its words: they may hold the calendar.
      throw new DutyUnknown("The calendar cannot be read.");
    }
  }

  /** Occurrences that an event of their own takes the place of, by the event they belong to. */
  private static Map<String, Set<Instant>> moved(List<VEvent> events) {
    Map<String, Set<Instant>> moved = new HashMap<>();
    for (VEvent event : events) {
      RecurrenceId of = event.getRecurrenceId();
      if (of != null && of.getValue() != null) {
        moved.computeIfAbsent(uid(event), uid -> new HashSet<>()).add(of.getValue().toInstant());
      }
    }
    return moved;
  }

  private static String uid(VEvent event) {
    return event.getUid() == null || event.getUid().getValue() == null
        ? ""
        : event.getUid().getValue();
  }

  private static Optional<Span> on(
      TimezoneInfo zones, VEvent event, Map<String, Set<Instant>> moved, Instant now, ZoneId zone) {
    DateStart start = event.getDateStart();
    Status status = event.getStatus();
    if (start == null || start.getValue() == null || (status != null && status.isCancelled())) {
      return Optional.empty();
    }
    Duration length = length(event, start);
    if (!length.isPositive()) {
      return Optional.empty();
    }
    boolean single = event.getRecurrenceRule() == null && event.getRecurrenceDates().isEmpty();
    if (single || event.getRecurrenceId() != null) {
      Instant begin = start.getValue().toInstant();
      return Optional.of(new Span(begin, begin.plus(length))).filter(span -> holds(span, now));
    }
    TimeZone own =
        zones.getTimezone(start) == null
            ? TimeZone.getTimeZone(zone)
            : zones.getTimezone(start).getTimeZone();
    DateIterator dates = event.getDateIterator(own);
    dates.advanceTo(Date.from(now.minus(length)));
    Set<Instant> elsewhere = moved.getOrDefault(uid(event), Set.of());
    for (int looks = 0; looks < MOST_LOOKS && dates.hasNext(); looks++) {
      Instant begin = dates.next().toInstant();
      if (begin.isAfter(now)) {
        break;
      }
      Span span = new Span(begin, begin.plus(length));
      if (holds(span, now) && !elsewhere.contains(begin)) {
        return Optional.of(span);
      }
    }
    return Optional.empty();
  }

  private static boolean holds(Span span, Instant now) {
    return !span.begin().isAfter(now) && now.isBefore(span.end());
  }

  private static Duration length(VEvent event, DateStart start) {
    Instant begin = start.getValue().toInstant();
    if (event.getDateEnd() != null && event.getDateEnd().getValue() != null) {
      return Duration.between(begin, event.getDateEnd().getValue().toInstant());
    }
    if (event.getDuration() != null && event.getDuration().getValue() != null) {
      return Duration.ofMillis(event.getDuration().getValue().toMillis());
    }
    // A day without an end is that day.
    return start.getValue().hasTime() ? Duration.ZERO : Duration.ofDays(1);
  }

  /** The attendees, by their addresses; without any, the title. */
  private static List<String> names(VEvent event) {
    List<String> names = new ArrayList<>();
    for (Attendee attendee : event.getAttendees()) {
      name(attendee.getEmail())
          .or(() -> name(attendee.getCommonName()))
          .or(() -> name(attendee.getUri()).map(CalendarReader::address))
          .ifPresent(names::add);
    }
    Summary summary = event.getSummary();
    if (names.isEmpty() && summary != null) {
      name(summary.getValue()).ifPresent(names::add);
    }
    return names;
  }

  private static String address(String uri) {
    return uri.regionMatches(true, 0, "mailto:", 0, 7) ? uri.substring(7) : uri;
  }

  private static Optional<String> name(@Nullable String text) {
    return Optional.ofNullable(text).map(String::strip).filter(known -> !known.isEmpty());
  }
}
