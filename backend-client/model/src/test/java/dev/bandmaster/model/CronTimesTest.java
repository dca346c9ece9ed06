package dev.bandmaster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTimesTest {
  @ParameterizedTest
  @CsvSource({
    // A Friday at 18:00, looked at before, at and after it.
    "0 18 * * 5, 2026-05-08T17:59:59, 2026-05-01T18:00, 2026-05-08T18:00",
    "0 18 * * 5, 2026-05-08T18:00:00, 2026-05-08T18:00, 2026-05-15T18:00",
    "0 18 * * 5, 2026-05-08T18:00:01, 2026-05-08T18:00, 2026-05-15T18:00",
    "*/15 * * * *, 2026-05-08T18:07:00, 2026-05-08T18:00, 2026-05-08T18:15",
    "0 0 1 1 *, 2026-05-08T18:07:00, 2026-01-01T00:00, 2027-01-01T00:00",
    "0 0 29 2 *, 2026-05-08T18:07:00, 2024-02-29T00:00, 2028-02-29T00:00",
    // Three in the morning of a day on which the clock leaps over it somewhere.
    "30 2 * * *, 2026-03-29T12:00:00, 2026-03-29T02:30, 2026-03-30T02:30",
  })
  void theClockOnTheWall(String text, LocalDateTime now, LocalDateTime last, LocalDateTime next) {
    CronTimes times = CronTimes.parse(text).orElseThrow();
    assertThat(times.last(now)).contains(last);
    assertThat(times.next(now)).contains(next);
    assertThat(times).hasToString(text);
  }

  @Test
  void aDayThatIsInNoYearNeverComes() {
    CronTimes never = CronTimes.parse("0 0 31 2 *").orElseThrow();
    assertThat(never.next(LocalDateTime.of(2026, 5, 8, 18, 0))).isEmpty();
    assertThat(never.last(LocalDateTime.of(2026, 5, 8, 18, 0))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "every day", "0 0 6 * * 1", "61 * * * *", "@daily"})
  void otherTextIsNoExpression(String text) {
    assertThat(CronTimes.parse(text)).isEmpty();
  }
}
