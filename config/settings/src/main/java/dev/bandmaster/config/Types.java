package dev.bandmaster.config;

import dev.bandmaster.model.CronTimes;
import dev.bandmaster.yaml.Kind;
import dev.bandmaster.yaml.Kinds;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Kinds of value that only our own files have. */
public final class Types {
  private Types() {}

  /** A time zone by its name in the tz database: a plain distance to UTC knows no summer time. */
  static Kind<ZoneId> zone() {
    return Kinds.of(
        "a time zone such as Europe/Paris or UTC",
        ZoneOffset.UTC,
        text -> Optional.of(text).filter(ZoneId.getAvailableZoneIds()::contains).map(ZoneId::of));
  }

  /** A cron expression of five fields that matches some date. */
  static Kind<CronTimes> cron() {
    return Kinds.of(
        "a cron expression of five fields that matches some date, such as 0 18 * * 5",
        CronTimes.parse("0 0 * * *").orElseThrow(),
        text ->
            CronTimes.parse(text)
                .filter(times -> times.next(Instant.EPOCH, ZoneOffset.UTC).isPresent()));
  }

  /** A hexadecimal SHA-256. */
  static Kind<String> sha256() {
    return Kinds.text("a SHA-256 of 64 hexadecimal digits", text -> text.matches("[0-9a-f]{64}"));
  }
}
