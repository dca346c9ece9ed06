package dev.bandmaster.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(SocketTimings.DEFAULT, new Random(7));

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

  @Test
  void aGoodSocketForgetsEarlierFailures() {
    for (int failure = 0; failure < 10; failure++) {
      backoff.next(false, Duration.ZERO);
    }
    backoff.reset();
    assertThat(backoff.next(false, Duration.ZERO)).isLessThanOrEqualTo(Duration.ofMillis(500));
  }
}
