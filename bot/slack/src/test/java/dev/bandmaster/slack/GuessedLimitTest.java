package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GuessedLimitTest {

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-02T12:00:00Z"));
  private final GuessedLimit guesses = new GuessedLimit(clock);

  @Test
  void slackK8_aGuessGrowsWhileItIsTooShortAndBeginsAgain() {
    for (int seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      assertThat(guesses.next("chat.update")).hasSeconds(seconds);
      assertThat(guesses.next("chat.update")).as("another call at that time").hasSeconds(seconds);
      clock.advance(Duration.ofSeconds(seconds));
    }
    assertThat(guesses.next("chat.postMessage")).as("another method").hasSeconds(1);
    guesses.passed("chat.update");
    assertThat(guesses.next("chat.update")).hasSeconds(1);
  }
}
