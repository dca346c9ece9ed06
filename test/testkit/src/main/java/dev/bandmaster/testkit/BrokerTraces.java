package dev.bandmaster.testkit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * What a bot and its fleet leave on a broker that outlives them. It belongs to an installation
 * rather than to a connection, so a rehearsal on a shared broker has to sweep it up.
 */
public final class BrokerTraces {
  private BrokerTraces() {}

  /**
   * Deletes them; what is not there is no mistake.
   *
   * @param prefix how the names of the installation's exchanges and queues begin
   * @param replicas the names of the bots
   */
  public static void sweep(String uri, String prefix, List<String> replicas)
      throws IOException, TimeoutException {
    try (Connection connection = connect(uri);
        Channel channel = connection.createChannel()) {
      channel.queueDelete(prefix + ".notice");
      for (String replica : replicas) {
        channel.queueDelete(prefix + ".reply." + replica);
      }
      for (String exchange : List.of(".request", ".reply", ".event", ".dead")) {
        channel.exchangeDelete(prefix + exchange);
      }
    }
  }

  /** A connection that ends when the broker does. */
  public static Connection connect(String uri) throws IOException, TimeoutException {
    ConnectionFactory factory = new ConnectionFactory();
    try {
      factory.setUri(uri);
    } catch (URISyntaxException | GeneralSecurityException e) {
      throw new IOException("no address of a broker", e);
    }
    factory.setAutomaticRecoveryEnabled(false);
    return factory.newConnection("rehearsal");
  }
}
