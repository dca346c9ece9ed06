package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.store.StoreNotThereYet;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.store.JdbiStore;
import dev.bandmaster.store.StoreSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StoreWaitTest {
  private final List<Duration> pauses = new ArrayList<>();
  private final AtomicInteger attempts = new AtomicInteger();

  private String start(int failures, RuntimeException failure) throws InterruptedException {
    return StoreWait.start(
        () -> {
          if (attempts.incrementAndGet() <= failures) {
            throw failure;
          }
          return "started";
        },
        new Random(7),
        pauses::add);
  }

  @Test
  void trustT24_theStartWaitsForTheDatabaseAsLongAsItTakes() throws InterruptedException {
    assertThat(start(500, new StoreNotThereYet("away", new IOException()))).isEqualTo("started");
    assertThat(pauses).hasSize(500).allMatch(pause -> pause.compareTo(Duration.ofSeconds(15)) <= 0);
    assertThat(pauses.getFirst()).isLessThanOrEqualTo(Duration.ofMillis(500));
    assertThat(pauses.getLast()).isGreaterThanOrEqualTo(Duration.ofMillis(7_500));
  }

  @Test
  void trustT24_whatWaitingDoesNotHelpWithEndsTheStart() {
    assertThatThrownBy(() -> start(1, new StoreUnavailable("wrong password")))
        .hasMessage("wrong password");
    assertThat(pauses).isEmpty();
  }

  @Test
  void trustT24_aServerThatDoesNotListenYetIsWaitedFor() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var settings =
        new StoreSettings.Postgresql(
            "jdbc:postgresql://127.0.0.1:" + port + "/bandmaster", "nobody", "");
    assertThatThrownBy(() -> JdbiStore.open(settings, InstantSource.system()))
        .isInstanceOf(StoreNotThereYet.class)
        .hasMessageContaining("does not respond");
  }
}
