package dev.bandmaster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** It is 14:00 on Monday, 4 May 2026, in Berlin. */
class TimePhraseTest {
  private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "30s,PT30S",
    "10m,PT10M",
    "2h,PT2H",
    "1d,PT24H",
    "2w,PT336H",
    "1h30m,PT1H30M",
    "20 minutes,PT20M",
    "1 hour,PT1H",
    "2 Hours,PT2H",
    "90min,PT1H30M"
  })
  void peopleU7_lengths(String text, Duration length) {
    assertThat(TimePhrase.wholeLength(text)).contains(length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "h", "2x", "2hx", "-2h", "2.5h", "soon", "9999999h"})
  void peopleU7_noLengths(String text) {
    assertThat(TimePhrase.wholeLength(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          now                    | 2026-05-04T12:00:00Z
          2h                     | 2026-05-04T14:00:00Z
          in 10m                 | 2026-05-04T12:10:00Z
          18:30                  | 2026-05-04T16:30:00Z
          at 18:30               | 2026-05-04T16:30:00Z
          9:00                   | 2026-05-05T07:00:00Z
          9am                    | 2026-05-05T07:00:00Z
          5 pm                   | 2026-05-04T15:00:00Z
          12am                   | 2026-05-04T22:00:00Z
          noon                   | 2026-05-05T10:00:00Z
          today 18:30            | 2026-05-04T16:30:00Z
          tomorrow               | 2026-05-05T07:00:00Z
          tomorrow 9am           | 2026-05-05T07:00:00Z
          Tomorrow at 18:30      | 2026-05-05T16:30:00Z
          monday                 | 2026-05-11T07:00:00Z
          tue 8:00               | 2026-05-05T06:00:00Z
          friday at 5pm          | 2026-05-08T15:00:00Z
          2026-12-01             | 2026-12-01T08:00:00Z
          2026-12-01T06:00       | 2026-12-01T05:00:00Z
          2026-12-01 6:00        | 2026-12-01T05:00:00Z
          """)
  void peopleU7_moments(String text, Instant moment) {
    assertThat(TimePhrase.wholeMoment(text, NOW, BERLIN)).contains(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "25:00",
        "18:61",
        "13am",
        "0pm",
        "2026-02-31",
        "2026-13-01",
        "today",
        "at",
        "in",
        "18:30 x",
        "mondays",
        "nowhere"
      })
  void peopleU7_noMoments(String text) {
    assertThat(TimePhrase.wholeMoment(text, NOW, BERLIN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          18:30 the board     | the board
          tomorrow 9am   it's | it's
          tomorrow we'll see  | we'll see
          2h because          | because
          2026-12-01 6:00 x   | x
          monday, maybe       | , maybe
          """)
  void peopleU7_whatComesBehindIsLeftAsTyped(String text, String rest) {
    assertThat(TimePhrase.moment(text, NOW, BERLIN).orElseThrow().rest()).isEqualTo(rest);
  }
}
