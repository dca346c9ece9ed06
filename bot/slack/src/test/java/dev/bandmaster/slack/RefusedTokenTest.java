package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.simulator.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of a connection whose token Slack stops to accept while it runs. */
class RefusedTokenTest {

  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofHours(1);

  /** Asks often; keeps what people want for so long, and never gives up. */
  private static TokenPatience keeping(Duration hiccup) {
    return new TokenPatience(TICK, hiccup, 1_000_000, LONG);
  }

  private static Fault revoked() {
    return Fault.of(Fault.Kind.ERROR).saying("token_revoked").times(0);
  }

  @Test
  void slackK3_aRevokedTokenIsNoticedWithoutAnybodySpeaking() throws IOException {
    try (Stage stage = Stage.patient(keeping(LONG))) {
      assertThat(stage.connection.refusal()).isEmpty();
      stage.slack.fault(revoked());
      Stage.await(() -> stage.connection.refusal().isPresent());
      assertThat(stage.connection.refusal())
          .hasValueSatisfying(r -> assertThat(r).contains("token_revoked"));
      assertThat(stage.connection.health().state()).isEqualTo(SocketHealth.State.CONNECTED);
      stage.slack.lab().clearFaults(null);
      Stage.await(() -> stage.connection.refusal().isEmpty());
      assertThat(stage.fatal).isEmpty();
    }
  }

  @Test
  void slackK3_aWishWaitsForAMomentAndIsThenGivenUpWithAWord() throws IOException {
    try (Stage stage = Stage.patient(keeping(LONG))) {
      stage.slack.fault(revoked());
      Stage.await(() -> stage.connection.refusal().isPresent());
      stage.slack.say("ann", "#ops", "@bandmaster ping");
      String envelope = stage.envelopes(1).getFirst();
      assertThat(stage.connection.interpreter().interpret(envelope))
          .isInstanceOf(Interpretation.NotYet.class);
      stage.slack.lab().clearFaults(null);
      Stage.await(() -> stage.connection.refusal().isEmpty());
      assertThat(stage.connection.interpreter().interpret(envelope))
          .isInstanceOf(Interpretation.Addressed.class);
    }
    try (Stage stage = Stage.patient(keeping(Duration.ZERO))) {
      stage.slack.fault(revoked());
      Stage.await(() -> stage.connection.refusal().isPresent());
      stage.slack.say("ann", "#ops", "@bandmaster ping");
      assertThat(stage.connection.interpreter().interpret(stage.envelopes(1).getFirst()))
          .isInstanceOfSatisfying(
              Interpretation.GivenUp.class,
              given -> {
                assertThat(given.sentence()).contains("token_revoked", "ask once more");
                assertThat(given.user()).contains("U0ANN");
              });
    }
  }

  @Test
  void slackK4_oneRefusalOfEitherTokenIsNotTheEnd() throws IOException {
    try (Stage stage = Stage.patient(new TokenPatience(TICK, LONG, 5, LONG))) {
      stage.slack.fault(
          Fault.of(Fault.Kind.ERROR).saying("invalid_auth").on("apps.connections.open"));
      stage.slack.fault(Fault.of(Fault.Kind.ERROR).saying("org_login_required").on("auth.test"));
      stage.slack.fault(Fault.of(Fault.Kind.SOCKET_REFRESH));
      Stage.await(() -> stage.connection.health().opened() >= 2 && stage.connected(1));
      Stage.await(() -> stage.slack.lab().faults().isEmpty());
      assertThat(stage.fatal).isEmpty();
    }
  }

  @Test
  void slackK3_repeatedRefusalsAreTheEndAndSayWhatToDo() throws IOException {
    try (Stage stage = Stage.patient(new TokenPatience(TICK, LONG, 5, TICK))) {
      stage.slack.fault(revoked());
      Stage.await(() -> !stage.fatal.isEmpty());
      assertThat(stage.fatal.getFirst()).contains("token_revoked", "Reinstall");
    }
  }
}
