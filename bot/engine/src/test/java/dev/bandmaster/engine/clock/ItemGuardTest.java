package dev.bandmaster.engine.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.model.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemGuardTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = ItemGuard.PAUSES.first();

  private final SettableClock clock = new SettableClock(NOON);
  private final List<ItemGuard.Failure<String>> reports = new ArrayList<>();
  private final ItemGuard<String> guard =
      new ItemGuard<>(ItemGuard.PAUSES, clock, StoreUnavailable.class::isInstance, reports::add);
  private final AtomicInteger tries = new AtomicInteger();

  private boolean fail(String item) {
    return guard.run(
        item,
        () -> {
          tries.incrementAndGet();
          throw new IllegalStateException("broken " + item);
        });
  }

  @Test
  void isolation_oneItemThatAlwaysThrowsDoesNotStopTheOthers() {
    AtomicInteger good = new AtomicInteger();
    for (int round = 0; round < 600; round++) {
      fail("bad");
      assertThat(guard.run("good", good::incrementAndGet)).isTrue();
      clock.advance(SECOND);
    }
    assertThat(good).hasValue(600);
    // After 0, 2, 6, 14, 30, 62, 126, 254 and 510 seconds.
    assertThat(tries).hasValue(9);
    assertThat(reports)
        .singleElement()
        .satisfies(failure -> {
          assertThat(failure.item()).isEqualTo("bad");
          assertThat(failure.fault()).hasMessage("broken bad");
          assertThat(failure.retryAt()).isEqualTo(NOON.plusSeconds(2));
        });
    assertThat(guard.failing()).isEqualTo(1);
  }

  @Test
  void isolation_aSuccessEndsThePausesAndTheNextFailureIsReportedAgain() {
    fail("item");
    clock.advance(FIRST_PAUSE);
    assertThat(guard.run("item", () -> {})).isTrue();
    assertThat(guard.failure("item")).isEmpty();
    fail("item");
    assertThat(reports).extracting(ItemGuard.Failure::times).containsExactly(1, 1);
  }

  @Test
  void isolation_anItemIsSkippedUntilItsPauseIsOver() {
    fail("item");
    clock.advance(FIRST_PAUSE.minusMillis(1));
    assertThat(guard.isSkipped("item")).isTrue();
    assertThat(guard.run("item", tries::incrementAndGet)).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(guard.isSkipped("item")).isFalse();
    assertThat(tries).hasValue(1);
  }

  /** The seconds from each failure in a row to the next try, for a guard with its own pauses. */
  @ParameterizedTest
  @CsvSource({
    "2, 300, 2 4 8 16 32 64 128 256 300 300",
    "1, 60, 1 2 4 8 16 32 60 60",
    "5, 600, 5 10 20 40 80 160 320 600 600",
    "7, 7, 7 7 7",
  })
  void isolation_pausesDoubleAndHaveALimit(long first, long longest, String expected) {
    var own =
        new ItemGuard<String>(
            new Backoff(Duration.ofSeconds(first), Duration.ofSeconds(longest)),
            clock,
            _ -> false,
            reports::add);
    for (String pause : expected.split(" ", -1)) {
      own.failed("item", new IllegalStateException("broken"));
      Instant retryAt = own.failure("item").orElseThrow().retryAt();
      assertThat(Duration.between(clock.instant(), retryAt)).hasSeconds(Long.parseLong(pause));
      clock.advance(Duration.between(clock.instant(), retryAt));
      assertThat(own.isSkipped("item")).isFalse();
    }
    assertThat(reports).hasSize(1);
  }

  @Test
  void isolation_workThatComesOnceIsDoneEvenWhileItsItemIsSkipped() {
    fail("item");
    assertThat(guard.runNow("item", tries::incrementAndGet)).isTrue();
    assertThat(tries).hasValue(2);
    assertThat(guard.isSkipped("item")).as("it works again").isFalse();
  }

  @Test
  void isolation_whatIsRunElsewhereIsNotedLikeWhatTheGuardRuns() {
    guard.failed("item", new IllegalStateException("first"));
    guard.failed("item", new IllegalStateException("second"));
    assertThat(reports)
        .extracting(failure -> failure.fault().getMessage())
        .containsExactly("first");
    assertThat(guard.isSkipped("item")).isTrue();
    guard.succeeded("item");
    assertThat(guard.isSkipped("item")).isFalse();
  }

  @Test
  void isolation_aFaultThatConcernsEveryItemGoesToTheLoop() {
    assertThatThrownBy(() ->
            guard.run(
                "item",
                () -> {
                  throw new StoreUnavailable("the database is down");
                }))
        .isInstanceOf(StoreUnavailable.class);
    assertThat(guard.failing()).isZero();
    assertThat(reports).isEmpty();
  }

  @Test
  void isolation_textNestedTooDeeplyAndAPluginWithAMissingClassAreTheItemsFault() {
    guard.run(
        "deep",
        () -> {
          throw new StackOverflowError();
        });
    guard.run(
        "plugin",
        () -> {
          throw new NoClassDefFoundError("com/example/Gone");
        });
    assertThat(reports).extracting(ItemGuard.Failure::item).containsExactly("deep", "plugin");
  }

  @Test
  void isolation_aLoopThatRunsSeldomReportsOnceToo() {
    for (int round = 0; round < 10; round++) {
      fail("item");
      clock.advance(Duration.ofMinutes(15));
    }
    assertThat(tries).hasValue(10);
    assertThat(reports).hasSize(1);
  }

  @Test
  void isolation_itemsThatAreGoneAreForgotten() {
    fail("gone");
    clock.advance(FIRST_PAUSE.plus(ItemGuard.FORGOTTEN_AFTER).plusMillis(1));
    assertThat(guard.failing()).isZero();
  }

  @Test
  void isolation_noMoreThanTheCapacityIsRemembered() {
    for (int i = 0; i <= ItemGuard.CAPACITY; i++) {
      fail("item" + i);
    }
    assertThat(guard.failing()).isEqualTo(ItemGuard.CAPACITY);
    assertThat(guard.failure("item0")).isEmpty();
    assertThat(guard.failure("item1")).isPresent();
  }
}
