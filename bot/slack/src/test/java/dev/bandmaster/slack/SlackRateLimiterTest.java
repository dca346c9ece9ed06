package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.plugin.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackRateLimiterTest {

  private static final Outbound MARK = new Outbound.Reaction("C1", "1.1", "eyes", "");

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final SlackRateLimiter budget = new SlackRateLimiter(() -> now);

  @Test
  void updatesOfAMinuteStayWithinFifty() {
    int sent = 0;
    for (int second = 0; second < 60; second++) {
      while (budget.hold(shown("C1"), true, true).isEmpty()) {
        sent++;
      }
      now = now.plusSeconds(1);
    }
    assertThat(sent).isBetween(45, 50);
  }

  @Test
  void progressLeavesRoomForWhatIsUrgent() {
    while (budget.hold(shown("C1"), true, false).isEmpty()) {
      now = now.plusMillis(1);
    }
    for (int urgent = 0; urgent < 2; urgent++) {
      assertThat(budget.hold(shown("C1"), true, true)).isEmpty();
    }
    assertThat(budget.hold(shown("C1"), true, true)).isPresent();
  }

  @Test
  void progressSpendsFortyFourUpdatesInAMinute() {
    int sent = 0;
    while (budget.hold(shown("C1"), true, false).isEmpty()) {
      now = now.plusMillis(1);
    }
    Instant end = now.plusSeconds(60);
    while (now.isBefore(end)) {
      Optional<Duration> wait = budget.hold(shown("C1"), true, false);
      sent += wait.isEmpty() ? 1 : 0;
      now = now.plus(wait.orElse(Duration.ZERO));
    }
    assertThat(sent).isBetween(43, 45);
  }

  @Test
  void aChannelGetsAboutOnePostASecondAndOthersDoNotWaitForIt() {
    int sent = 0;
    for (int second = 0; second < 10; second++) {
      while (budget.hold(shown("C1"), false, true).isEmpty()) {
        sent++;
      }
      now = now.plusSeconds(1);
    }
    assertThat(sent).isBetween(10, 13);
    now = now.minusSeconds(1);
    assertThat(budget.hold(shown("C2"), false, true)).isEmpty();
  }

  @Test
  void aWaitThatIsWaitedIsEnough() {
    Optional<Duration> wait = Optional.empty();
    while (wait.isEmpty()) {
      wait = budget.hold(shown("C1"), false, true);
    }
    now = now.plus(wait.orElseThrow());
    assertThat(budget.hold(shown("C1"), false, true)).isEmpty();
  }

  @Test
  void trap33_whatSlackLimitsIsWaitedForByEverythingOfItsSort() {
    budget.limited(shown("C1"), false, Duration.ofSeconds(30));
    assertThat(budget.hold(shown("C1"), false, true)).contains(Duration.ofSeconds(30));
    assertThat(budget.hold(shown("C2"), false, true)).contains(Duration.ofSeconds(30));
    assertThat(budget.hold(shown("C2"), true, true)).isEmpty();
    budget.limited(shown("C1"), true, Duration.ofSeconds(10));
    assertThat(budget.hold(shown("C2"), true, true)).contains(Duration.ofSeconds(10));
    now = now.plusSeconds(30);
    assertThat(budget.hold(shown("C1"), false, true)).isEmpty();
    assertThat(budget.hold(shown("C1"), true, true)).isEmpty();
    assertThat(budget.refusals()).isEqualTo(2);
  }

  @Test
  void trap33_afterALimitTheBudgetFillsUpFromNothing() {
    budget.limited(shown("C1"), true, Duration.ofSeconds(10));
    now = now.plusSeconds(10);
    int sent = 0;
    while (budget.hold(shown("C1"), true, true).isEmpty()) {
      sent++;
    }
    assertThat(sent).isEqualTo(1);
  }

  /** So often in a minute may a mark be taken away; each eye that is shown has to be. */
  @Test
  void reactionsAreShownOnlyAsOftenAsTheyCanBeTakenAwayAgain() {
    int reactions = 0;
    for (int second = 0; second < 60; second++) {
      while (budget.hold(MARK, false, false).isEmpty()) {
        reactions++;
      }
      now = now.plusSeconds(1);
    }
    assertThat(reactions).isBetween(15, 20);
  }

  @Test
  void aFinalMarkNeverWaitsForThatOfWhatIsUnderWay() {
    while (budget.hold(MARK, false, false).isEmpty()) {
      now = now.plusMillis(1);
    }
    int ends = 0;
    for (int second = 0; second < 60; second++) {
      while (budget.hold(MARK, ends % 2 == 0, true).isEmpty()) {
        ends++;
      }
      now = now.plusSeconds(1);
    }
    assertThat(ends).isBetween(40, 50);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "10"})
  void replicasTogetherStayWithinWhatOneMayDo(int replicas) {
    int sent = 0;
    for (int replica = 0; replica < replicas; replica++) {
      SlackRateLimiter share = new SlackRateLimiter(() -> now);
      share.shareWith(replicas);
      Instant begin = now;
      for (int second = 0; second < 60; second++) {
        while (share.hold(shown("C1"), true, true).isEmpty()) {
          sent++;
        }
        now = now.plusSeconds(1);
      }
      now = begin;
    }
    assertThat(sent).isBetween(40, 50);
  }

  @Test
  void aShareMayChangeAtAnyTimeAndProgressNeverStarves() {
    budget.shareWith(10);
    now = now.plusSeconds(60);
    assertThat(budget.hold(shown("C1"), true, false)).isEmpty();
    assertThat(budget.hold(shown("C1"), true, false)).isPresent();
    budget.shareWith(1);
    now = now.plusSeconds(60);
    for (int update = 0; update < 4; update++) {
      assertThat(budget.hold(shown("C1"), true, false)).isEmpty();
    }
  }

  private static Outbound shown(String channel) {
    ConversationRef place =
        new ConversationRef(channel, ConversationRef.Kind.CHANNEL, Optional.empty());
    return new Outbound.ChannelMessage(place, Message.sentence("x"), false);
  }
}
