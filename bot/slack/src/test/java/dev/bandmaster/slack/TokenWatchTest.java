package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenWatchTest {

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-02T12:00:00Z"));
  private final TokenWatch watch =
      new TokenWatch("the bot token", FatalErrors::isOfToken, TokenPatience.DEFAULT, clock);

  private boolean isHopeless() {
    return watch.refusal().map(TokenWatch.Refusal::hopeless).orElse(false);
  }

  @Test
  void slackK3_aRefusedTokenIsAProblemUntilItIsAcceptedAgain() {
    assertThat(watch.refusal()).isEmpty();
    watch.answered("");
    watch.answered("token_revoked");
    assertThat(watch.refusal())
        .hasValueSatisfying(refusal -> {
          assertThat(refusal.reason()).contains("the bot token", "token_revoked", "Reinstall");
          assertThat(refusal.brief()).isTrue();
        });
    clock.advance(Duration.ofMinutes(1));
    assertThat(watch.refusal()).hasValueSatisfying(later -> assertThat(later.brief()).isFalse());
    watch.answered("channel_not_found");
    assertThat(watch.refusal()).as("an answer about something else").isEmpty();
  }

  @Test
  void slackK4_aTokenThatNeverWorkedIsHopelessAtOnce() {
    watch.answered("invalid_auth");
    assertThat(isHopeless()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"5, 74, false", "5, 75, true", "4, 600, false", "50, 1, false"})
  void slackK4_aTokenThatWorkedTakesSeveralRefusalsOverMinutes(
      int refusals, int secondsBetween, boolean hopeless) {
    watch.answered("");
    for (int i = 0; i < refusals; i++) {
      watch.answered("invalid_auth");
      clock.advance(Duration.ofSeconds(secondsBetween));
    }
    assertThat(isHopeless()).isEqualTo(hopeless);
  }

  @Test
  void slackK4_oneAcceptedCallBeginsTheCountAgain() {
    watch.answered("");
    for (int i = 0; i < 20; i++) {
      watch.answered(i % 4 == 3 ? "" : "invalid_auth");
      clock.advance(Duration.ofMinutes(10));
    }
    assertThat(isHopeless()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"org_login_required", "team_added_to_org"})
  void slackK4_aMigrationIsWaitedForWithoutAnEnd(String error) {
    for (int i = 0; i < 100; i++) {
      watch.answered(error);
      clock.advance(Duration.ofMinutes(10));
      assertThat(isHopeless()).isFalse();
    }
    assertThat(watch.refusal()).isPresent();
  }
}
