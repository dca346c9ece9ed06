package dev.bandmaster.bus;

import dev.bandmaster.broker.EmbeddedBroker;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The suite on the broker inside the process; its connections are cut by restarting it, empty. */
final class EmbeddedBusTest extends BusSuite {
  private static @Nullable EmbeddedBroker broker;

  @BeforeAll
  static void startTheBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopTheBroker() {
    Objects.requireNonNull(broker).close();
  }

  @Override
  String uri() {
    return Objects.requireNonNull(broker).uri();
  }

  @Override
  void cutConnections() {
    broker = Objects.requireNonNull(broker).restart();
  }
}
