package dev.bandmaster.bus;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A channel on which every message is answered for by the broker: taken, returned because nobody
 * listens, refused, or unknown because the connection broke. Any thread; messages leave in the
 * order of the calls.
 */
final class ConfirmedChannel {
  /** What became of a message. */
  enum Outcome {
    TAKEN,
    RETURNED,
    REFUSED,
    UNKNOWN
  }

  /** Carries a message's number, by which a returned one is recognised. */
  private static final String NUMBER = "n";

  private static final class Pending {
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final AtomicBoolean returned = new AtomicBoolean();
  }

  private final Channel channel;
  private final ConcurrentNavigableMap<Long, Pending> pending = new ConcurrentSkipListMap<>();

  ConfirmedChannel(Connection connection, BrokerDialect dialect) throws IOException {
    channel = Channels.vital(connection);
    channel.confirmSelect();
    Outcome refusal = dialect.refusesWhatNobodyListensFor() ? Outcome.RETURNED : Outcome.REFUSED;
    channel.addConfirmListener(
        (number, multiple) -> settle(number, multiple, Outcome.TAKEN),
        (number, multiple) -> settle(number, multiple, refusal));
    channel.addReturnListener(returned -> {
      Object number = returned.getProperties().getHeaders().get(NUMBER);
      Pending message = number instanceof Long key ? pending.get(key) : null;
      if (message != null) {
        message.returned.set(true);
      }
    });
    channel.addShutdownListener(cause -> abandon());
  }

  /**
   * Sends a message; the result completes when the broker has answered for it. Never throws for a
   * broken connection: then the result is {@link Outcome#UNKNOWN}.
   */
  CompletableFuture<Outcome> publish(
      String exchange,
      String routingKey,
      boolean mandatory,
      AMQP.BasicProperties.Builder properties,
      byte[] body) {
    var message = new Pending();
    synchronized (channel) {
      long number = channel.getNextPublishSeqNo();
      pending.put(number, message);
      try {
        channel.basicPublish(
            exchange,
            routingKey,
            mandatory,
            properties.headers(Map.of(NUMBER, number)).build(),
            body);
      } catch (IOException | AlreadyClosedException broken) {
        pending.remove(number);
        message.outcome.complete(Outcome.UNKNOWN);
      }
    }
    if (!channel.isOpen()) {
      abandon();
    }
    return message.outcome;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  private void settle(long number, boolean multiple, Outcome outcome) {
    if (multiple) {
      var settled = pending.headMap(number, true);
      settled.values().forEach(message -> settle(message, outcome));
      settled.clear();
    } else {
      Pending message = pending.remove(number);
      if (message != null) {
        settle(message, outcome);
      }
    }
  }

  private static void settle(Pending message, Outcome outcome) {
    message.outcome.complete(message.returned.get() ? Outcome.RETURNED : outcome);
  }

  private void abandon() {
    pending.values().forEach(message -> message.outcome.complete(Outcome.UNKNOWN));
    pending.clear();
  }
}
