package dev.bandmaster.benchmark;

import com.rabbitmq.client.Connection;
import dev.bandmaster.broker.EmbeddedBroker;
import dev.bandmaster.testkit.BrokerTraces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * A broker to measure with. Closing it leaves nothing of ours on it.
 *
 * @param name for the table
 * @param uri where it is
 * @param prefix how the names of the bot's exchanges and queues begin, new for each run
 * @param own the broker itself, where it runs in this process
 */
record Site(String name, String uri, String prefix, Optional<EmbeddedBroker> own)
    implements AutoCloseable {
  private static final InetSocketAddress RABBITMQ =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 5672);
  private static final Duration DIAL = Duration.ofSeconds(1);

  static Site embedded() {
    EmbeddedBroker broker = EmbeddedBroker.start();
    return new Site("embedded broker", broker.uri(), freshPrefix(), Optional.of(broker));
  }

  /** RabbitMQ as it is after its installation, on its usual port. */
  static Site rabbitmq() {
    return new Site(
        "RabbitMQ", "amqp://guest:guest@127.0.0.1:5672", freshPrefix(), Optional.empty());
  }

  static boolean rabbitmqAnswers() {
    try (Socket socket = new Socket()) {
      socket.connect(RABBITMQ, (int) DIAL.toMillis());
      return true;
    } catch (IOException nobodyThere) {
      return false;
    }
  }

  private static String freshPrefix() {
    return "bench-" + ProcessHandle.current().pid();
  }

  Connection connect() throws IOException, TimeoutException {
    return BrokerTraces.connect(uri);
  }

  @Override
  public void close() throws IOException, TimeoutException {
    if (own.isPresent()) {
      own.get().close();
    } else {
      BrokerTraces.sweep(uri, prefix, List.of("bot-1"));
    }
  }
}
