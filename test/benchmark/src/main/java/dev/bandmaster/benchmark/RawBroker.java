package dev.bandmaster.benchmark;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What the broker alone needs for a ping, through the plain AMQP client: one message to a queue for
 * each node, one message back from each. Nothing is signed, checked, stored or shown.
 */
final class RawBroker implements AutoCloseable {
  /** About what a signed reply measures. */
  private static final byte[] BODY = new byte[1024];

  private static final int PATIENCE_SECONDS = 60;

  private final List<Connection> connections = new ArrayList<>();
  private final Semaphore replies = new Semaphore(0);
  private final Channel asking;
  private final String exchange;
  private final int nodes;

  /**
   * Declares the queues and listens to them.
   *
   * @param over how many connections the nodes share
   */
  RawBroker(Site site, int nodes, int over) throws Exception {
    this.nodes = nodes;
    Connection mine = connect(site);
    asking = mine.createChannel();
    exchange = site.prefix() + ".raw";
    asking.exchangeDeclare(exchange, "fanout", false, true, null);
    Channel receiving = mine.createChannel();
    String inbox = receiving.queueDeclare().getQueue();
    receiving.basicConsume(inbox, true, (_, _) -> replies.release(), _ -> {});
    for (int i = 0; i < over; i++) {
      Channel channel = connect(site).createChannel();
      for (int node = i; node < nodes; node += over) {
        String queue = channel.queueDeclare().getQueue();
        channel.queueBind(queue, exchange, "");
        channel.basicConsume(queue, true, (_, _) -> reply(channel, inbox), _ -> {});
      }
    }
  }

  private Connection connect(Site site) throws Exception {
    Connection connection = site.connect();
    connections.add(connection);
    return connection;
  }

  private static void reply(Channel channel, String inbox) {
    try {
      channel.basicPublish("", inbox, null, BODY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Milliseconds from the publish to the last reply. */
  double ping() throws IOException, InterruptedException, TimeoutException {
    long start = System.nanoTime();
    asking.basicPublish(exchange, "", null, BODY);
    if (!replies.tryAcquire(nodes, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new TimeoutException("%d of %d replies".formatted(replies.availablePermits(), nodes));
    }
    return (System.nanoTime() - start) / 1e6;
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections.reversed()) {
      connection.close();
    }
  }
}
