package dev.bandmaster.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.slack.SlackBudget.Urgency;
import dev.bandmaster.plugin.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackBudgetTest {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final SlackBudget budget = new SlackBudget(() -> now);

  @Test
  void updatesOfAMinuteStayWithinFifty() {
    int sent = 0;
    for (int second = 0; second < 60; second++) {
      while (budget.ask(shown("C1"), true, Urgency.URGENT).isEmpty()) {
        sent++;
      }
      now = now.plusSeconds(1);
    }
    assertThat(sent).isBetween(45, 50);
  }

  @Test
  void progressLeavesRoomForWhatIsUrgent() {
    while (budget.ask(shown("C1"), true, Urgency.PROGRESS).isEmpty()) {
      now = now.plusMillis(1);
    }
    for (int urgent = 0; urgent < 5; urgent++) {
      assertThat(budget.ask(shown("C1"), true, Urgency.URGENT)).isEmpty();
    }
    assertThat(budget.ask(shown("C1"), true, Urgency.URGENT)).isPresent();
  }

  @Test
  void progressSpendsAboutFortyUpdatesInAMinute() {
    int sent = 0;
    while (budget.ask(shown("C1"), true, Urgency.PROGRESS).isEmpty()) {
      now = now.plusMillis(1);
    }
    Instant end = now.plusSeconds(60);
    while (now.isBefore(end)) {
      Optional<Duration> wait = budget.ask(shown("C1"), true, Urgency.PROGRESS);
      sent += wait.isEmpty() ? 1 : 0;
      now = now.plus(wait.orElse(Duration.ZERO));
    }
    assertThat(sent).isBetween(38, 41);
  }

  @Test
  void aChannelGetsAboutOnePostASecondAndOthersDoNotWaitForIt() {
    int sent = 0;
    for (int second = 0; second < 10; second++) {
      while (budget.ask(shown("C1"), false, Urgency.URGENT).isEmpty()) {
        sent++;
      }
      now = now.plusSeconds(1);
    }
    assertThat(sent).isBetween(10, 13);
    now = now.minusSeconds(1);
    assertThat(budget.ask(shown("C2"), false, Urgency.URGENT)).isEmpty();
  }

  @Test
  void aWaitThatIsWaitedIsEnough() {
    Optional<Duration> wait = Optional.empty();
    while (wait.isEmpty()) {
      wait = budget.ask(shown("C1"), false, Urgency.URGENT);
    }
    now = now.plus(wait.orElseThrow());
    assertThat(budget.ask(shown("C1"), false, Urgency.URGENT)).isEmpty();
  }

  @Test
  void trap33_whatSlackLimitsIsWaitedForAndAsksForNothingMore() {
    budget.limited(shown("C1"), false, Duration.ofSeconds(30));
    assertThat(budget.ask(shown("C1"), false, Urgency.URGENT)).contains(Duration.ofSeconds(30));
    assertThat(budget.ask(shown("C2"), false, Urgency.URGENT)).isEmpty();
    budget.limited(shown("C1"), true, Duration.ofSeconds(10));
    assertThat(budget.ask(shown("C2"), true, Urgency.URGENT)).contains(Duration.ofSeconds(10));
    now = now.plusSeconds(30);
    assertThat(budget.ask(shown("C1"), false, Urgency.URGENT)).isEmpty();
    assertThat(budget.ask(shown("C1"), true, Urgency.URGENT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 2000", "1, 2000", "2, 3000", "4, 6000", "20, 30000"})
  void moreJobsAreDrawnLessOften(int jobs, long millis) {
    assertThat(SlackBudget.progressInterval(jobs)).isEqualTo(Duration.ofMillis(millis));
  }

  private static Outbound shown(String channel) {
    Place place = new Place(channel, Place.Kind.CHANNEL, Optional.empty());
    return new Outbound.Shown(place, Message.sentence("x"), false);
  }
}
