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
 * @param reason what people are told who want to deploy
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
        section.name("name", "What people call it by.").required(),
        section
            .list("environments", Kinds.name(), "Where; without this key, everywhere.")
            .orDefault(List.of()),
        section
            .list("apps", Kinds.name(), "Of what; without this key, of everything.")
            .orDefault(List.of()),
        section
            .field(
                "begins",
                Types.cron(),
                "When it begins: minute, hour, day of the month, month, day of the week.")
            .required(),
        section
            .duration(
                "lasts",
                SHORTEST,
                LONGEST,
                "How long, by the clock on the wall: from Friday 18:00 it is `62h` to Monday 8:00,"
                    + " also when the clock is changed on Sunday.")
            .required(),
        section.field("zone", Types.zone(), "In which time zone that clock is.").required(),
        section
            .text("reason", "What people are told who want to deploy; at most 300 characters.")
            .where(
                reason -> !reason.isBlank() && reason.length() <= 300,
                "must be a sentence of at most 300 characters")
            .required());
  }
}
