package dev.bandmaster.engine.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.core.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class SharedClockTest {
  private static final Logger LOG = LoggerFactory.getLogger(SharedClockTest.class);
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  private final SettableClock own = new SettableClock(NOON);
  private final SharedClock clock = new SharedClock(own);

  /** Asks a clock that is so far behind this machine's; the question and the answer take time. */
  private void compare(Duration behind, Duration there, Duration back) {
    clock.compare(() -> {
      own.advance(there);
      Instant theirs = own.instant().minus(behind);
      own.advance(back);
      return Instant.ofEpochMilli(theirs.toEpochMilli());
    });
  }

  @Test
  void untilItIsComparedTheMachinesTimeCounts() {
    assertThat(clock.instant()).isEqualTo(NOON);
    assertThat(clock.ahead()).isZero();
    assertThat(clock.complaint()).isEmpty();
  }

  @Test
  void reliabilityS5_twoMachinesTenMinutesApartHaveTheSameTime() {
    compare(Duration.ofMinutes(5), MILLISECOND, MILLISECOND);
    SettableClock slow = new SettableClock(own.instant().minus(Duration.ofMinutes(10)));
    SharedClock other = new SharedClock(slow);
    other.compare(() -> slow.instant().plus(Duration.ofMinutes(5)));
    assertThat(clock.complaint()).contains("is 300.0 s ahead; the shared clock is used");
    assertThat(other.complaint()).contains("is 300.0 s behind; the shared clock is used");
    assertThat(Duration.between(clock.instant(), other.instant()).abs())
        .isLessThanOrEqualTo(MILLISECOND.multipliedBy(2));
  }

  @Test
  void aSlowAnswerThatContradictsNothingChangesNothing() {
    compare(Duration.ofMinutes(5), MILLISECOND, MILLISECOND);
    Duration known = clock.ahead();
    compare(Duration.ofMinutes(5), Duration.ofSeconds(20), Duration.ZERO);
    compare(Duration.ofMinutes(5), Duration.ZERO, Duration.ofSeconds(20));
    assertThat(clock.ahead()).isEqualTo(known);
  }

  @Test
  void aJumpOfTheMachinesClockIsFoundAtTheNextComparison() {
    compare(Duration.ZERO, MILLISECOND, MILLISECOND);
    own.advance(Duration.ofHours(1));
    compare(Duration.ofHours(1), MILLISECOND, MILLISECOND);
    assertThat(clock.ahead()).isBetween(Duration.ofHours(1).minusMillis(2), Duration.ofHours(1));
  }

  @Test
  void whatJumpsWhileItIsComparedIsNotBelieved() {
    compare(Duration.ofSeconds(-3), MILLISECOND, Duration.ofMinutes(-1));
    assertThat(clock.ahead()).isZero();
  }

  @Test
  void whoGetsNoAnswerGoesOnWithWhatIsKnown() {
    compare(Duration.ofMinutes(5), MILLISECOND, MILLISECOND);
    Duration known = clock.ahead();
    assertThatThrownBy(() ->
            clock.compare(() -> {
              throw new StoreUnavailable("gone", new IllegalStateException());
            }))
        .isInstanceOf(StoreUnavailable.class);
    assertThat(clock.ahead()).isEqualTo(known);
  }

  /** The time it tells is never further from the truth than an answer took. */
  @Test
  void theErrorIsNeverLongerThanTheLastAnswerTook() {
    long seed = new SplittableRandom().nextLong();
    LOG.info("seed {}", seed);
    SplittableRandom random = new SplittableRandom(seed);
    Duration behind = Duration.ZERO;
    for (int i = 0; i < 2_000; i++) {
      if (random.nextInt(10) == 0) {
        behind = Duration.ofMillis(random.nextLong(-600_000, 600_000));
      }
      Duration there = Duration.ofMillis(random.nextLong(0, 500));
      Duration back = Duration.ofMillis(random.nextLong(0, 500));
      compare(behind, there, back);
      assertThat(clock.ahead().minus(behind).abs())
          .isLessThanOrEqualTo(there.plus(back).plus(MILLISECOND));
      own.advance(Duration.ofSeconds(2));
    }
  }
}
