package dev.bandmaster.engine.commands.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.engine.commands.schedules.ScheduleTime.Once;
import dev.bandmaster.engine.commands.schedules.ScheduleTime.Repeated;
import dev.bandmaster.engine.commands.schedules.ScheduleTime.Unreadable;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTimeTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Noon in Berlin, on a Monday in summer time. */
  private static final Instant MONDAY = Instant.parse("2026-05-04T10:00:00Z");

  private static ScheduleTime read(String text) {
    return ScheduleTime.read(text, MONDAY, BERLIN);
  }

  @ParameterizedTest
  @CsvSource({
    "2h, 2026-05-04T12:00:00Z",
    "1d, 2026-05-05T10:00:00Z",
    "18:30, 2026-05-04T16:30:00Z",
    "9:30, 2026-05-05T07:30:00Z",
    "09:30, 2026-05-05T07:30:00Z",
    "12:00, 2026-05-05T10:00:00Z",
    "2026-12-01T06:00, 2026-12-01T05:00:00Z",
    "2026-12-01 6:00, 2026-12-01T05:00:00Z",
  })
  void aTimeAsPeopleTypeIt(String text, Instant due) {
    assertThat(read(text)).isEqualTo(new Once(due));
  }

  @ParameterizedTest
  @CsvSource({
    // At two in the morning of 2026-03-29 the clock goes to three.
    "2026-03-28T12:00:00Z, 2:30, 2026-03-29T01:30:00Z",
    "2026-03-28T12:00:00Z, 2026-03-29T02:30, 2026-03-29T01:30:00Z",
    // At three in the morning of 2026-10-25 it goes back to two: the first of the two is meant.
    "2026-10-24T12:00:00Z, 2026-10-25T02:30, 2026-10-25T00:30:00Z",
    "2026-10-24T12:00:00Z, 3:30, 2026-10-25T02:30:00Z",
  })
  void onTheDaysOnWhichTheClockChanges(Instant now, String text, Instant due) {
    assertThat(ScheduleTime.read(text, now, BERLIN)).isEqualTo(new Once(due));
  }

  @ParameterizedTest
  @CsvSource({
    "0 6 * * 1-5, 2026-05-05T04:00:00Z",
    "*/15 * * * *, 2026-05-04T10:15:00Z",
    "0 0 1 1 *, 2026-12-31T23:00:00Z",
  })
  void aCronExpressionIsMeantInTheZone(String text, Instant due) {
    assertThat(read(text)).isEqualTo(new Repeated(text, due));
  }

  @Test
  void aCronExpressionGoesOnAcrossAChangeOfTheClock() {
    Instant before = Instant.parse("2026-03-28T05:00:00Z");
    assertThat(ScheduleTime.next("0 6 * * *", before, BERLIN))
        .as("six in the morning stays six in the morning")
        .contains(Instant.parse("2026-03-29T04:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "0s, has already passed",
    "2026-05-04T11:59, has already passed",
    "2027-05-06T12:00, is more than a year ahead",
    "9999-12-31T23:59, is more than a year ahead",
    "+999999999-12-31T23:59, is not a time",
    "999999d, is more than a year ahead",
    "0 0 31 2 *, never occurs",
    "0 0 6 * * 1, is not a cron expression",
    "a b c d e, is not a cron expression",
    "61 * * * *, is not a cron expression",
    "2 x, is not a cron expression",
  })
  void whatCannotBeIsSaid(String text, String sentence) {
    assertThat(read(text))
        .isInstanceOfSatisfying(
            Unreadable.class,
            unreadable ->
                assertThat(unreadable.reason()).startsWith("'" + text + "'").contains(sentence));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "25:00", "18:60", "18.30", "2026-13-01T06:00", "@daily", "5"})
  void nonsenseIsNoTime(String text) {
    assertThat(read(text))
        .isInstanceOfSatisfying(
            Unreadable.class,
            unreadable ->
                assertThat(unreadable.reason())
                    .contains("is not a time. Use `2h`, `18:30`, `2026-12-01T06:00`"));
  }
}
