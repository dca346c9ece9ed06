package dev.bandmaster.bus;

import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Finds out whether a broker lets a program in, without leaving anything there. */
public final class BrokerCheck {

  private static final int PATIENCE_MILLIS = Math.toIntExact(Duration.ofSeconds(5).toMillis());

  private BrokerCheck() {}

  /** What stands in the way, as a sentence without the password; empty when nothing does. */
  public static Optional<String> problem(ConnectionSettings settings) {
    try {
      ConnectionFactory factory = BrokerAddress.factory(settings);
      factory.setConnectionTimeout(PATIENCE_MILLIS);
      factory.setHandshakeTimeout(PATIENCE_MILLIS);
      try (Connection connection = factory.newConnection(settings.name() + " (check)")) {
        return connection.isOpen()
            ? Optional.empty()
            : Optional.of(settings.address() + " closed the connection at once");
      }
    } catch (AuthenticationFailureException e) {
      return Optional.of(settings.address() + " rejects this user and password");
    } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException e) {
      return Optional.of(
          e instanceof GeneralSecurityException
              ? "TLS cannot be used: " + BrokerFaults.sentence(e)
              : BrokerFaults.BAD_ADDRESS);
    } catch (IOException | TimeoutException e) {
      return Optional.of(
          "%s does not let the bot in: %s".formatted(settings.address(), BrokerFaults.sentence(e)));
    }
  }
}
