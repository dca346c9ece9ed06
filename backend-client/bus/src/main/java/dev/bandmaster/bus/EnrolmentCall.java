package dev.bandmaster.bus;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import dev.bandmaster.model.Boots;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.wire.BotKeyRing;
import dev.bandmaster.wire.NodeCodec;
import dev.bandmaster.wire.NodeKeys;
import dev.bandmaster.wire.RequestReader;
import dev.bandmaster.wire.RoutingKeys;
import dev.bandmaster.wire.Stamps;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * Asks the bot once to let a node in, over a connection that needs no other right than to write
 * enrolments: what machines share that have no user of their own on the broker yet.
 */
public final class EnrolmentCall {
  private static final int PATIENCE_MILLIS = Math.toIntExact(Duration.ofSeconds(10).toMillis());

  private EnrolmentCall() {}

  /**
   * Sends it, and waits until the broker has taken it.
   *
   * @throws IOException with a sentence when the broker does not take it
   */
  public static void send(
      ConnectionSettings settings,
      String environment,
      NodeKeys keys,
      BotKeyRing bots,
      Optional<String> token,
      InstantSource clock,
      RandomGenerator random)
      throws IOException {
    String node = settings.name();
    long incarnation = clock.millis();
    Stamps stamps =
        new Stamps(node, environment, Boots.id(incarnation, random), incarnation, clock);
    var enrolment = new Enrolment(stamps.next(), keys.publicKey(), token);
    byte[] signed = new NodeCodec(node, keys, new RequestReader(bots, clock)).sign(enrolment);
    try {
      ConnectionFactory factory = BrokerAddress.factory(settings);
      factory.setAutomaticRecoveryEnabled(false);
      factory.setConnectionTimeout(PATIENCE_MILLIS);
      factory.setHandshakeTimeout(PATIENCE_MILLIS);
      try (Connection connection = factory.newConnection("bandmaster " + node + " (enrolment)");
          Channel channel = connection.createChannel()) {
        channel.confirmSelect();
        channel.basicPublish(
            new Names(settings.prefix()).events(),
            RoutingKeys.event(enrolment),
            new AMQP.BasicProperties.Builder()
                .type("event")
                .appId("bandmaster")
                .contentType("application/jose")
                .timestamp(Date.from(enrolment.stamp().sentAt()))
                .deliveryMode(2)
                .build(),
            signed);
        channel.waitForConfirmsOrDie(PATIENCE_MILLIS);
      }
    } catch (URISyntaxException | IllegalArgumentException unreadable) {
      throw new IOException("The broker cannot be used: " + BrokerFaults.BAD_ADDRESS + ".");
    } catch (GeneralSecurityException
        | IOException
        | TimeoutException
        | ShutdownSignalException e) {
      throw new IOException(
          "%s did not take the enrolment: %s."
              .formatted(settings.address(), BrokerFaults.sentence(e)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while the broker was to take the enrolment.", e);
    }
  }
}
