package dev.bandmaster.core.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.CronTimes;
import dev.bandmaster.plugin.Spans;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Freezes that come again and again, also on the days on which the clock is changed. */
class RecurringFreezeTest {
  private static final Logger LOG = LoggerFactory.getLogger(RecurringFreezeTest.class);
  private static final String BERLIN = "Europe/Berlin";

  private static RecurringFreeze freeze(String begins, String lasts, String zone) {
    return new RecurringFreeze(
        new FreezeRule(
            "weekend",
            List.of("prod"),
            List.of(),
            CronTimes.parse(begins).orElseThrow(),
            Spans.parse(lasts).orElseThrow(),
            ZoneId.of(zone),
            "Nobody is here."));
  }

  private static Optional<Freeze> at(Instant moment, String begins, String lasts, String zone) {
    return freeze(begins, lasts, zone).next(moment);
  }

  @ParameterizedTest
  @CsvSource({
    // moment, what stands or comes: from, until
    "2026-05-08T15:59:59Z, 2026-05-08T16:00:00Z, 2026-05-11T06:00:00Z",
    "2026-05-08T16:00:00Z, 2026-05-08T16:00:00Z, 2026-05-11T06:00:00Z",
    "2026-05-11T05:59:59Z, 2026-05-08T16:00:00Z, 2026-05-11T06:00:00Z",
    "2026-05-11T06:00:00Z, 2026-05-15T16:00:00Z, 2026-05-18T06:00:00Z",
    // The clock is put forward on Sunday, so that the weekend is an hour shorter,
    "2026-03-28T12:00:00Z, 2026-03-27T17:00:00Z, 2026-03-30T06:00:00Z",
    // and put back on Sunday, so that it is an hour longer.
    "2026-10-24T12:00:00Z, 2026-10-23T16:00:00Z, 2026-10-26T07:00:00Z",
  })
  void approvalP10_aWeekendEndsOnMondayMorningAlsoWhenTheClockIsChanged(
      Instant moment, Instant from, Instant until) {
    assertThat(at(moment, "0 18 * * 5", "62h", BERLIN))
        .hasValueSatisfying(freeze -> {
          assertThat(freeze.from()).isEqualTo(from);
          assertThat(freeze.until()).isEqualTo(until);
        });
  }

  @ParameterizedTest
  @CsvSource({
    // 02:30 is leapt over on 2026-03-29: it begins at 03:30, which is 01:30 in UTC.
    "30 2 * * *, 2h, 2026-03-29T01:29:59Z, 2026-03-29T01:30:00Z, 2026-03-29T02:30:00Z",
    "30 2 * * *, 2h, 2026-03-29T01:30:00Z, 2026-03-29T01:30:00Z, 2026-03-29T02:30:00Z",
    // It ends at a time that is leapt over: as much later.
    "0 1 * * *, 90m, 2026-03-29T00:30:00Z, 2026-03-29T00:00:00Z, 2026-03-29T01:30:00Z",
    // 02:30 comes twice on 2026-10-25: it begins at the first,
    "30 2 * * *, 2h, 2026-10-25T00:29:59Z, 2026-10-25T00:30:00Z, 2026-10-25T03:30:00Z",
    "30 2 * * *, 2h, 2026-10-25T01:10:00Z, 2026-10-25T00:30:00Z, 2026-10-25T03:30:00Z",
    // and ends at the second.
    "0 1 * * *, 90m, 2026-10-25T01:29:59Z, 2026-10-24T23:00:00Z, 2026-10-25T01:30:00Z",
  })
  void approvalP10_timesThatTheClockLeapsOverOrShowsTwice(
      String begins, String lasts, Instant moment, Instant from, Instant until) {
    assertThat(at(moment, begins, lasts, BERLIN))
        .hasValueSatisfying(freeze -> {
          assertThat(freeze.from()).isEqualTo(from);
          assertThat(freeze.until()).isEqualTo(until);
        });
  }

  @Test
  void windowsWithoutAGapAreOne() {
    assertThat(at(Instant.parse("2026-05-08T12:00:00Z"), "0 0 * * 1-5", "24h", "UTC"))
        .map(Freeze::until)
        .contains(Instant.parse("2026-05-09T00:00:00Z"));
    assertThat(at(Instant.parse("2026-05-05T12:00:00Z"), "0 0 * * 1-5", "24h", "UTC"))
        .as("from Tuesday on to the end of Friday")
        .map(Freeze::until)
        .contains(Instant.parse("2026-05-09T00:00:00Z"));
  }

  @Test
  void aFreezeThatNeverEndsIsShownWithAnEndFarAhead() {
    Instant now = Instant.parse("2026-05-05T12:00:00Z");
    assertThat(at(now, "0 0 * * *", "24h", "UTC"))
        .hasValueSatisfying(
            freeze -> assertThat(freeze.until()).isAfter(now.plus(Duration.ofDays(365))));
  }

  /** What is remembered must be what would be found again. */
  @Test
  void whatIsRememberedIsStillTrue() {
    long seed = new Random().nextLong();
    LOG.info("seed {}", seed);
    Random random = new Random(seed);
    RecurringFreeze asked = freeze("0 */6 * * *", "2h", BERLIN);
    Instant now = Instant.parse("2026-03-27T00:00:00Z");
    for (int i = 0; i < 300; i++) {
      Optional<Freeze> found = asked.next(now);
      assertThat(found).as("at %s", now).isEqualTo(at(now, "0 */6 * * *", "2h", BERLIN));
      assertThat(found)
          .hasValueSatisfying(freeze -> assertThat(freeze.until()).isAfter(Instant.MIN));
      now = now.plusSeconds(random.nextLong(-1_800, 7_200));
    }
  }
}
