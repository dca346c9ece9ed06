package dev.bandmaster.bus;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/**
 * The suite on RabbitMQ, at {@code BANDMASTER_TEST_AMQP} or the usual place; its connections are
 * cut on the way.
 */
@Tag("real")
final class RabbitBusTest extends BusSuite {
  private static @Nullable CuttableProxy proxy;

  @BeforeAll
  static void startTheProxy() throws Exception {
    proxy =
        new CuttableProxy(
            Optional.ofNullable(System.getenv("BANDMASTER_TEST_AMQP"))
                .orElse("amqp://guest:guest@127.0.0.1:5672"));
  }

  @AfterAll
  static void stopTheProxy() {
    Objects.requireNonNull(proxy).close();
  }

  @Override
  String uri() {
    return Objects.requireNonNull(proxy).uri();
  }

  @Override
  void cutConnections() {
    Objects.requireNonNull(proxy).cut();
  }
}
