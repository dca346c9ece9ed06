package dev.bandmaster.core.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTextTest {
  @ParameterizedTest
  @CsvSource({
    "2026-05-04T14:00:00Z, UTC, Mon 2026-05-04 14:00 UTC",
    "2026-05-04T14:00:59Z, Europe/Berlin, Mon 2026-05-04 16:00 Europe/Berlin",
    "2026-12-31T23:30:00Z, Asia/Tokyo, Fri 2027-01-01 08:30 Asia/Tokyo",
    // The hour that comes twice.
    "2026-10-25T00:30:00Z, Europe/Berlin, Sun 2026-10-25 02:30 +02:00 Europe/Berlin",
    "2026-10-25T01:30:00Z, Europe/Berlin, Sun 2026-10-25 02:30 +01:00 Europe/Berlin",
    "2026-10-25T02:00:00Z, Europe/Berlin, Sun 2026-10-25 03:00 Europe/Berlin",
  })
  void aMomentIsShownWithItsZone(Instant moment, ZoneId zone, String words) {
    assertThat(new TimeText(zone).of(moment)).isEqualTo(words);
  }
}
