package dev.bandmaster.app.oncall;

import dev.bandmaster.engine.oncall.Duty;
import dev.bandmaster.engine.oncall.DutySource;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * People who take turns. A turn of whole days begins at the same time of day by the clock on the
 * wall, so in the weeks in which clocks change it is an hour longer or shorter.
 *
 * @param people at least one
 * @param shift how long a turn is
 * @param starts when the first turn of the first person began
 */
public record RotaDuty(List<String> people, Duration shift, LocalDateTime starts, ZoneId zone)
    implements DutySource {
  private static final Duration DAY = Duration.ofDays(1);

  public RotaDuty {
    people = List.copyOf(people);
  }

  @Override
  public Duty at(Instant now) throws DutyUnknown {
    Instant first = starts.atZone(zone).toInstant();
    if (now.isBefore(first)) {
      throw new DutyUnknown("The rota has not begun yet.");
    }
    long turn = turn(now);
    return new Duty(
        List.of(people.get((int) (turn % people.size()))), List.of(), Optional.of(begin(turn + 1)));
  }

  private boolean wholeDays() {
    return shift.toMillis() % DAY.toMillis() == 0;
  }

  private long turn(Instant now) {
    long about =
        wholeDays()
            ? ChronoUnit.DAYS.between(starts, now.atZone(zone).toLocalDateTime()) / shift.toDays()
            : Duration.between(starts.atZone(zone).toInstant(), now).dividedBy(shift);
    // A start that the clock jumps over or shows twice is where begin() says it is.
    long turn = Math.max(about - 1, 0);
    while (!begin(turn + 1).isAfter(now)) {
      turn++;
    }
    return turn;
  }

  private Instant begin(long turn) {
    return wholeDays()
        ? starts.plusDays(turn * shift.toDays()).atZone(zone).toInstant()
        : starts.atZone(zone).toInstant().plus(shift.multipliedBy(turn));
  }
}
