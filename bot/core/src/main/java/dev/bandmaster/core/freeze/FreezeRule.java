package dev.bandmaster.core.freeze;

import dev.bandmaster.model.CronTimes;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * A configured freeze that comes again and again.
 *
 * @param name what people call it by
 * @param environments where; empty means everywhere
 * @param applications of what; empty means of everything
 * @param begins when it begins, in local time of the zone
 * @param lasts how long, in local time of the zone
 * @param zone the time zone of both
 * @param reason the reason that people who want to deploy are given
 */
public record FreezeRule(
    String name,
    List<String> environments,
    List<String> applications,
    CronTimes begins,
    Duration lasts,
    ZoneId zone,
    String reason) {
  public FreezeRule {
    environments = List.copyOf(environments);
    applications = List.copyOf(applications);
  }
}
