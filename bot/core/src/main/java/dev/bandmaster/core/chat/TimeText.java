package dev.bandmaster.core.chat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Moments as people read them: {@code Mon 2026-05-04 16:00 Europe/Berlin}. In the hour that comes
 * twice when the clock is put back, the distance to UTC says which of the two is meant.
 *
 * @param zone in which people mean times of day
 */
public record TimeText(ZoneId zone) {
  private static final DateTimeFormatter PLAIN =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm VV", Locale.ENGLISH);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
  private static final DateTimeFormatter TWICE =
      DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm xxx VV", Locale.ENGLISH);

  /** The time of day, to the second. */
  public String clock(Instant moment) {
    return CLOCK.format(moment.atZone(zone));
  }

  /** The moment in words, to the minute. */
  public String of(Instant moment) {
    ZonedDateTime time = moment.atZone(zone);
    boolean twice = zone.getRules().getValidOffsets(time.toLocalDateTime()).size() > 1;
    return (twice ? TWICE : PLAIN).format(time);
  }
}
