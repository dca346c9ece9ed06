package dev.bandmaster.model;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** The times of a cron expression of five fields. Immutable. */
public final class CronTimes {

  private final String expression;
  private final ExecutionTime times;

  private CronTimes(String expression, ExecutionTime times) {
    this.expression = expression;
    this.times = times;
  }

  /** Reads an expression; empty if it is none. */
  public static Optional<CronTimes> parse(String expression) {
    try {
      Cron cron =
          new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
              .parse(expression);
      return Optional.of(new CronTimes(expression, ExecutionTime.forCron(cron)));
    } catch (IllegalArgumentException notCron) {
      return Optional.empty();
    }
  }

  /** The next time after a moment in a zone; empty if it never comes. */
  public Optional<Instant> next(Instant after, ZoneId zone) {
    return times.nextExecution(after.atZone(zone)).map(ZonedDateTime::toInstant);
  }

  /** The next time after another as the clock on the wall shows it; empty if it never comes. */
  public Optional<LocalDateTime> next(LocalDateTime after) {
    return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
  }

  /** The last time that is not after another, as the clock on the wall shows it. */
  public Optional<LocalDateTime> last(LocalDateTime notAfter) {
    return times
        .lastExecution(notAfter.atZone(ZoneOffset.UTC).plusNanos(1))
        .map(ZonedDateTime::toLocalDateTime);
  }

  /** The expression as it was written. */
  @Override
  public String toString() {
    return expression;
  }
}
