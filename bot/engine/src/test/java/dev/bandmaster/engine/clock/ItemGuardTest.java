package dev.bandmaster.engine.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.core.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ItemGuardTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SettableClock clock = new SettableClock(NOON);
  private final List<ItemGuard.Failure<String>> reports = new ArrayList<>();
  private final ItemGuard<String> guard =
      new ItemGuard<>(clock, StoreUnavailable.class::isInstance, reports::add);
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
    clock.advance(ItemGuard.FIRST_PAUSE);
    assertThat(guard.run("item", () -> {})).isTrue();
    assertThat(guard.failure("item")).isEmpty();
    fail("item");
    assertThat(reports).extracting(ItemGuard.Failure::times).containsExactly(1, 1);
  }

  @Test
  void isolation_anItemIsSkippedUntilItsPauseIsOver() {
    fail("item");
    clock.advance(ItemGuard.FIRST_PAUSE.minusMillis(1));
    assertThat(guard.isSkipped("item")).isTrue();
    assertThat(guard.run("item", tries::incrementAndGet)).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(guard.isSkipped("item")).isFalse();
    assertThat(tries).hasValue(1);
  }

  @Test
  void isolation_pausesDoubleAndHaveALimit() {
    assertThat(ItemGuard.pause(1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(ItemGuard.pause(2)).isEqualTo(Duration.ofSeconds(4));
    assertThat(ItemGuard.pause(8)).isEqualTo(Duration.ofSeconds(256));
    assertThat(ItemGuard.pause(9)).isEqualTo(ItemGuard.LONGEST_PAUSE);
    assertThat(ItemGuard.pause(Integer.MAX_VALUE)).isEqualTo(ItemGuard.LONGEST_PAUSE);
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
    clock.advance(ItemGuard.FIRST_PAUSE.plus(ItemGuard.FORGOTTEN_AFTER).plusMillis(1));
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
