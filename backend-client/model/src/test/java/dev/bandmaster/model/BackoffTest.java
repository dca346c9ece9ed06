package dev.bandmaster.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(15));

  @Test
  void waitsDoubleUpToTheLongestWithHalfOfEachLeftToChance() {
    var random = new SplittableRandom(7);
    for (int failures = 0; failures < 100; failures++) {
      long whole = Math.min(200L << Math.min(failures, 20), 15_000);
      assertThat(BACKOFF.delay(failures, random).toMillis()).isBetween(whole / 2, whole);
    }
  }

  @Test
  void trap16_aThousandWhoFailedTogetherComeBackSpreadOverHalfTheWait() {
    var random = new SplittableRandom(7);
    Set<Long> tenths = new HashSet<>();
    for (int node = 0; node < 1_000; node++) {
      tenths.add((BACKOFF.delay(10, random).toMillis() - 7_500) / 751);
    }
    assertThat(tenths).as("some in each tenth of the second half").hasSize(10);
  }

  @Test
  void waitsThatDoNotGrowAreRefused() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
