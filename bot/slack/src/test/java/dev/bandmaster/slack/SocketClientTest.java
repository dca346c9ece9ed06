package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.simulator.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SocketClientTest {

  @Test
  void envelopesAreStoredAndThenAcknowledged() throws IOException {
    try (Stage stage = Stage.connected()) {
      stage.slack.say("ann", "@bandmaster", "ping");
      assertThat(stage.envelopes(1).getFirst()).contains("ping");
      Stage.await(() -> stage.acknowledged.size() == 1);
      Stage.await(
          () -> stage.slack.envelopes().stream().allMatch(each -> each.acknowledged() != null));
    }
  }

  @Test
  void trap13_aSocketThatIsReplacedInTheMiddleLosesAndDoublesNothing() throws IOException {
    try (Stage stage = Stage.connected()) {
      for (int number = 0; number < 60; number++) {
        if (number % 20 == 10) {
          stage.slack.fault(Fault.of(Fault.Kind.SOCKET_REFRESH));
          // Slack gives events to whichever socket is open; at least one has to be.
          Stage.await(() -> stage.slack.connections() > 0);
        }
        stage.slack.say("ann", "@bandmaster", "ping " + number);
      }
      stage.envelopes(60);
      assertThat(stage.inbox.stored).hasSize(60);
    }
  }

  @Test
  void aWarnedSocketIsReplacedWhileItStillWorks() throws IOException {
    try (Stage stage = Stage.connected()) {
      stage.slack.fault(Fault.of(Fault.Kind.SOCKET_WARNING));
      Stage.await(() -> stage.connection.health().opened() == 2);
      for (int number = 0; number < 20; number++) {
        stage.slack.say("ann", "@bandmaster", "ping " + number);
      }
      stage.envelopes(20);
      Stage.await(() -> stage.slack.connections() == 1 && stage.connected(1));
      assertThat(stage.connection.health().opened()).isEqualTo(2);
    }
  }

  @Test
  void tooManySocketsAreAnsweredWithPatience() throws IOException {
    try (Stage stage = Stage.open(Fault.of(Fault.Kind.TOO_MANY_WEBSOCKETS).times(3))) {
      Stage.await(() -> stage.connected(1));
      assertThat(stage.calls("apps.connections.open")).isEqualTo(4);
    }
  }

  @Test
  void socketModeSwitchedOffIsSaidAndWaitedFor() throws IOException {
    try (Stage stage = Stage.connected()) {
      stage.slack.fault(Fault.of(Fault.Kind.LINK_DISABLED).times(0));
      Stage.await(() -> stage.connection.health().problem().contains("link_disabled"));
      stage.slack.lab().clearFaults(null);
      Stage.await(() -> stage.connected(1));
      assertThat(stage.fatal).isEmpty();
    }
  }

  @Test
  void aHalfOpenSocketIsFoundByItsMissingPongs() throws IOException {
    try (Stage stage = Stage.connected()) {
      stage.slack.fault(Fault.of(Fault.Kind.HALF_OPEN));
      Stage.await(() -> stage.connection.health().opened() >= 2 && stage.connected(1));
      stage.slack.say("ann", "@bandmaster", "still there?");
      stage.envelopes(1);
    }
  }

  /** Doubling with every cut, the last of these waits would be longer than a day. */
  @Test
  void reliabilityR10_aLineThatIsCutAgainAndAgainIsNotPunishedForItsPast() throws IOException {
    SocketTimings quick = Stage.TIMINGS;
    SocketTimings neverStable =
        new SocketTimings(
            quick.hello(),
            quick.ping(),
            quick.linger(),
            Duration.ofDays(1),
            quick.quiet(),
            Duration.ofMillis(5),
            quick.firstRefusal(),
            Duration.ofDays(2));
    try (Stage stage = Stage.withTimings(neverStable)) {
      for (int cut = 1; cut <= 25; cut++) {
        long opened = cut;
        Stage.await(() -> stage.connection.health().opened() >= opened && stage.connected(1));
        stage.slack.fault(Fault.of(Fault.Kind.SOCKET_REFRESH));
      }
      Stage.await(() -> stage.connection.health().opened() == 26 && stage.connected(1));
    }
  }

  private static SocketTimings replacingAfter(Duration quiet) {
    SocketTimings quick = Stage.TIMINGS;
    return new SocketTimings(
        quick.hello(),
        quick.ping(),
        quick.linger(),
        quick.stable(),
        quiet,
        quick.firstRetry(),
        quick.firstRefusal(),
        quick.longestRetry());
  }

  @Test
  void reliabilityR10_aSocketThatAnswersPingsAndDeliversNothingCannotLast() throws IOException {
    try (Stage stage = Stage.withTimings(replacingAfter(Duration.ofSeconds(1)))) {
      Stage.await(() -> stage.connected(1));
      stage.slack.fault(Fault.of(Fault.Kind.DEAF).everywhere());
      stage.slack.say("ann", "@bandmaster", "can you hear me?");
      // The first delivery went into the deaf socket; a repetition reaches its successor.
      assertThat(stage.envelopes(1).getFirst()).contains("can you hear me?");
      assertThat(stage.connection.health().suspected()).isPositive();
      assertThat(stage.connection.health().lines()).anyMatch(line -> line.delivered().isPresent());
      Stage.await(() -> stage.acknowledged.size() == 1);
      assertThat(stage.inbox.stored).hasSize(1);
    }
  }

  @Test
  void reliabilityR10_aSocketThatIsOnlyQuietLosesNothingByBeingReplaced() throws IOException {
    try (Stage stage = Stage.withTimings(replacingAfter(Duration.ofMillis(100)))) {
      Stage.await(() -> stage.connected(1));
      for (int number = 0; number < 30; number++) {
        long before = stage.connection.health().opened();
        Stage.await(() -> stage.connection.health().opened() > before);
        stage.slack.say("ann", "@bandmaster", "ping " + number);
      }
      stage.envelopes(30);
      assertThat(stage.inbox.stored).hasSize(30);
    }
  }

  @Test
  void aSocketThatWasQuietForLongIsReplaced() throws IOException {
    try (Stage stage = Stage.withTimings(replacingAfter(Duration.ofMillis(200)))) {
      Stage.await(() -> stage.connection.health().opened() >= 3);
      assertThat(stage.fatal).isEmpty();
    }
  }

  @Test
  void aLimitAtBootIsWaitedFor() throws IOException {
    Fault limit =
        Fault.of(Fault.Kind.RATE_LIMIT).on("apps.connections.open").lasting(Duration.ofSeconds(1));
    try (Stage stage = Stage.open(limit)) {
      Stage.await(() -> stage.connected(1));
      assertThat(stage.calls("apps.connections.open")).isEqualTo(2);
    }
  }

  @Test
  void aBadMinuteOfSlackIsTriedAgain() throws IOException {
    Fault broken = Fault.of(Fault.Kind.HTTP_STATUS).on("apps.connections.open").times(3);
    try (Stage stage = Stage.open(broken, Fault.of(Fault.Kind.AUTH_TEST_NOT_OK))) {
      Stage.await(() -> stage.connected(1));
    }
  }

  @Test
  void aTokenThatSlackRefusesIsFatalAndSaysHowToFixIt() throws IOException {
    try (Stage stage = Stage.withAppToken("xapp-wrong")) {
      Stage.await(() -> !stage.fatal.isEmpty());
      assertThat(stage.fatal.getFirst()).contains("invalid_auth").contains("Copy the token");
      assertThat(stage.connection.health().state()).isEqualTo(SocketHealth.State.FAILED);
      assertThat(stage.calls("apps.connections.open")).isEqualTo(1);
    }
  }

  @Test
  void trap21_anEventThatComesTwiceIsStoredOnceAndAcknowledgedTwice() throws IOException {
    try (Stage stage = Stage.connected()) {
      stage.slack.say("ann", "@bandmaster", "ping");
      stage.envelopes(1);
      stage.slack.fault(Fault.of(Fault.Kind.REDELIVER_LAST));
      Stage.await(() -> stage.inbox.duplicates.get() == 1 && stage.acknowledged.size() == 2);
      assertThat(stage.inbox.stored).hasSize(1);
    }
  }

  @Test
  void whatCannotBeStoredIsNotAcknowledgedAndComesAgain() throws IOException {
    try (Stage stage = Stage.connected()) {
      stage.inbox.failures.set(1);
      stage.slack.say("ann", "@bandmaster", "ping");
      stage.envelopes(1);
      assertThat(stage.inbox.failures).hasValue(0);
      Stage.await(() -> stage.acknowledged.size() == 1);
    }
  }

  @Test
  void aClosedClientDoesNotComeBack() throws IOException {
    Stage stage = Stage.connected();
    stage.connection.close();
    Stage.await(() -> stage.slack.connections() == 0);
    assertThat(stage.connection.health().state()).isEqualTo(SocketHealth.State.STOPPED);
    stage.slack.close();
  }
}
