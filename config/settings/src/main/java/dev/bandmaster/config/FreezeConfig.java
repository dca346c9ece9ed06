package dev.bandmaster.config;

import dev.bandmaster.model.CronTimes;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * A time that comes again and again, in which nothing is deployed.
 *
 * @param name what people call it by
 * @param environments where; empty means everywhere
 * @param apps of what; empty means of everything
 * @param begins when it begins, by the clock on the wall
 * @param lasts how long, by the same clock
 * @param zone where that clock is
 * @param reason shown to people who try to deploy
 */
public record FreezeConfig(
    String name,
    List<String> environments,
    List<String> apps,
    CronTimes begins,
    Duration lasts,
    ZoneId zone,
    String reason) {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(31);

  public FreezeConfig {
    environments = List.copyOf(environments);
    apps = List.copyOf(apps);
  }

  static FreezeConfig read(Section section) {
    return new FreezeConfig(
        section.name("name", "The freeze's name.").required(),
        section
            .list(
                "environments", Kinds.name(), "Environments it applies to; without this key, all.")
            .orDefault(List.of()),
        section
            .list("apps", Kinds.name(), "Apps it applies to; without this key, all.")
            .orDefault(List.of()),
        section
            .field(
                "begins",
                Types.cron(),
                "When it begins, as a cron expression: minute, hour, day of month, month, "
                    + "day of week.")
            .required(),
        section
            .duration(
                "lasts",
                SHORTEST,
                LONGEST,
                "Duration in local time: Friday 18:00 to Monday 8:00 is `62h`, even if "
                    + "daylight saving time begins or ends on Sunday.")
            .required(),
        section.field("zone", Types.zone(), "Time zone of `begins` and `lasts`.").required(),
        section
            .text("reason", "Shown to people who try to deploy; at most 300 characters.")
            .where(
                reason -> !reason.isBlank() && reason.length() <= 300,
                "must be a sentence of at most 300 characters")
            .required());
  }
}
