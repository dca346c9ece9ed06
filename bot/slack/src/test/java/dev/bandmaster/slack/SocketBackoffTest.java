package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketBackoffTest {

  private final SocketBackoff backoff = new SocketBackoff(SocketTimings.DEFAULT, new Random(7));

  @Test
  void pausesDoubleUpToTheLongestWithHalfOfEachLeftToChance() {
    long first = 500;
    for (int failure = 0; failure < 40; failure++) {
      long whole = Math.min(first << Math.min(failure, 20), 120_000);
      assertThat(backoff.next(false, Duration.ZERO).toMillis()).isBetween(whole / 2, whole);
    }
  }

  @Test
  void refusalsWaitLonger() {
    assertThat(backoff.next(true, Duration.ZERO)).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void whatSlackAskedForIsTheLeast() {
    assertThat(backoff.next(false, Duration.ofSeconds(30)))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(30));
  }

  private void fail(int times) {
    for (int failure = 0; failure < times; failure++) {
      backoff.next(false, Duration.ZERO);
    }
  }

  @Test
  void afterASocketThatWasStableTheNextIsOpenedAtOnceAndWaitsStartAgain() {
    fail(10);
    assertThat(backoff.lived(SocketTimings.DEFAULT.stable())).isTrue();
    assertThat(backoff.next(false, Duration.ZERO)).isLessThanOrEqualTo(Duration.ofMillis(500));
  }

  @ParameterizedTest
  @CsvSource({
    // lived ms, longest wait afterwards ms
    "0,     500",
    "600,   500",
    "1000,  1000",
    "7999,  4000",
    "19999, 16000"
  })
  void theWaitAfterASocketIsNoLongerThanItLived(long lived, long longest) {
    fail(12);
    assertThat(backoff.lived(Duration.ofMillis(lived))).isFalse();
    assertThat(backoff.next(false, Duration.ZERO).toMillis()).isBetween(longest / 2, longest);
    assertThat(backoff.next(false, Duration.ZERO).toMillis()).isBetween(longest, 2 * longest);
  }

  @Test
  void aSocketThatLivedMakesNoWaitLonger() {
    assertThat(backoff.lived(Duration.ofSeconds(19))).isFalse();
    assertThat(backoff.next(false, Duration.ZERO)).isLessThanOrEqualTo(Duration.ofMillis(500));
  }
}
