package dev.bandmaster.core.freeze;

import dev.bandmaster.model.CronTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A freeze that comes again and again, as configured. Both its ends are read off the clock on the
 * wall: a weekend of 62 hours that begins on Friday at 18:00 ends on Monday at 8:00, also when the
 * clock is changed on Sunday. An end in an hour that comes twice is in the second one; a beginning
 * or an end that the clock leaps over comes as much later.
 */
final class RecurringFreeze {

  /** More than the clock is ever put forward or back at once. */
  private static final Duration LEAP = Duration.ofHours(3);

  /** Windows without a gap between them are shown as one; this many at most. */
  private static final int MOST_JOINED = 1_000;

  private final FreezeRule rule;
  private volatile Optional<Known> known = Optional.empty();

  RecurringFreeze(FreezeRule rule) {
    this.rule = rule;
  }

  /** An answer of {@link #next}, which stays true from the moment it was given for. */
  private record Known(Instant since, Freeze freeze) {
    boolean stillTrue(Instant now) {
      return !now.isBefore(since) && now.isBefore(freeze.until());
    }
  }

  /** The freeze that stands, or else the next one. */
  Optional<Freeze> next(Instant now) {
    Optional<Known> remembered = known.filter(answer -> answer.stillTrue(now));
    if (remembered.isEmpty()) {
      remembered = window(now).map(freeze -> new Known(now, freeze));
      known = remembered;
    }
    return remembered.map(Known::freeze);
  }

  private Optional<Freeze> window(Instant now) {
    CronTimes begins = rule.begins();
    LocalDateTime local = LocalDateTime.ofInstant(now, rule.zone());
    Optional<LocalDateTime> last = begins.last(local.plus(LEAP));
    while (last.filter(begin -> from(begin).isAfter(now)).isPresent()) {
      last = last.flatMap(begin -> begins.last(begin.minusMinutes(1)));
    }
    Optional<LocalDateTime> before = last;
    return before
        .filter(begin -> until(begin).isAfter(now))
        .or(() -> before.flatMap(begins::next))
        .map(this::freeze);
  }

  private Freeze freeze(LocalDateTime begin) {
    Instant until = until(begin);
    Optional<LocalDateTime> following = rule.begins().next(begin);
    for (int joined = 0; joined < MOST_JOINED && !startsAfter(following, until); joined++) {
      until = following.map(this::until).orElse(until);
      following = following.flatMap(rule.begins()::next);
    }
    return new Freeze(
        new Freeze.Origin.Configuration(rule.name()),
        new FreezeScope(rule.environments(), rule.applications()),
        from(begin),
        until,
        rule.reason());
  }

  private boolean startsAfter(Optional<LocalDateTime> begin, Instant moment) {
    return begin.map(time -> from(time).isAfter(moment)).orElse(true);
  }

  private Instant from(LocalDateTime begin) {
    return begin.atZone(rule.zone()).toInstant();
  }

  private Instant until(LocalDateTime begin) {
    return begin.plus(rule.lasts()).atZone(rule.zone()).withLaterOffsetAtOverlap().toInstant();
  }
}
