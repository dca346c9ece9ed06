package dev.bandmaster.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.hostile.HostileClients;
import dev.bandmaster.simulator.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The simulated Slack's port among connections that never send a whole, honest request. */
@Timeout(300)
final class HostileClientsTest {

  @Test
  void trustT17_theSimulatedSlackAnswersAmongAThousandHostileConnections() throws Exception {
    try (SlackSimulator simulator =
            SlackSimulator.start(
                Workspace.defaults(), SimulatorOptions.defaults().withRateScale(0));
        Door door = new Door(simulator);
        HostileClients hostile =
            HostileClients.open(simulator.port(), 1_000, HostileClients.Kind.values());
        HostileClients more =
            HostileClients.open(simulator.port(), 1_000, HostileClients.Kind.values())) {
      for (int i = 0; i < 10; i++) {
        hostile.goOn();
        more.goOn();
        assertThat(door.api("auth.test", "{}").path("ok").asBoolean()).as("round %d", i).isTrue();
        assertThat(
                door.sim("say", "{'as':'ann','channel':'#ops','text':'hi'}").path("ok").asBoolean())
            .as("round %d", i)
            .isTrue();
      }
      assertThat(simulator.httpConnections())
          .as("held at the same time")
          .isLessThanOrEqualTo(1_024);
    }
  }
}
