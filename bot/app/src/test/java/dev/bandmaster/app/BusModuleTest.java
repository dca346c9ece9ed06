package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.backend.BackendState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BusModuleTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00.5Z");

  @Test
  void trustT21_statusNamesABrokerThatTakesNothing() {
    assertThat(BusModule.describe(new BackendState.Blocked("low on memory", NOON)))
        .isEqualTo(
            "connected, but the broker accepts no messages since 2026-05-04T12:00:00Z: low on"
                + " memory");
    assertThat(BusModule.describe(new BackendState.Connected(NOON)))
        .isEqualTo("connected since 2026-05-04T12:00:00Z");
  }
}
