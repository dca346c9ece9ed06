package dev.bandmaster.bus;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel on which every message is answered for by the broker: taken, returned because nobody
 * listens, refused, or unknown because the connection broke. Messages are written by a thread of
 * its own, in the order of the calls: a broker that reads nothing makes that thread wait and nobody
 * else. Any thread.
 */
final class ConfirmedChannel {
  private static final Logger log = LoggerFactory.getLogger(ConfirmedChannel.class);

  /** What became of a message. */
  enum Outcome {
    TAKEN,
    RETURNED,
    REFUSED,
    /** It may have arrived. */
    UNKNOWN,
    /** It has not left, and will not. */
    NOT_SENT
  }

  /** Messages that wait to be written. */
  private static final int MOST_WAITING = 10_000;

  /** Messages that are written and not yet confirmed; more wait until the broker has confirmed. */
  private static final int MOST_UNCONFIRMED = 10_000;

  /** Carries a message's number, by which a returned one is recognized. */
  private static final String NUMBER = "n";

  private static final long LOOK_SECONDS = 1;

  private enum Stage {
    WAITING,
    WRITTEN,
    GIVEN_UP
  }

  /** A message on its way. */
  static final class Sending {
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private final AtomicBoolean returned = new AtomicBoolean();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final String exchange;
    private final String routingKey;
    private final boolean mandatory;
    private final AMQP.BasicProperties.Builder properties;
    private final byte[] body;
    private volatile long writtenAt;

    private Sending(
        String exchange,
        String routingKey,
        boolean mandatory,
        AMQP.BasicProperties.Builder properties,
        byte[] body) {
      this.exchange = exchange;
      this.routingKey = routingKey;
      this.mandatory = mandatory;
      this.properties = properties;
      this.body = body;
    }

    /**
     * Its result by a deadline; abandoned if nothing is known then.
     *
     * @param deadline as {@link System#nanoTime} counts
     */
    Outcome await(long deadline) {
      try {
        return outcome.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException | ExecutionException e) {
        return giveUp();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return giveUp();
      }
    }

    private Outcome giveUp() {
      if (stage.compareAndSet(Stage.WAITING, Stage.GIVEN_UP)) {
        outcome.complete(Outcome.NOT_SENT);
      }
      return outcome.getNow(Outcome.UNKNOWN);
    }

    private void confirm(Outcome confirmed) {
      outcome.complete(returned.get() ? Outcome.RETURNED : confirmed);
    }
  }

  private final Channel channel;
  private final BlockingQueue<Sending> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final ConcurrentNavigableMap<Long, Sending> unconfirmed = new ConcurrentSkipListMap<>();
  private final Semaphore window = new Semaphore(MOST_UNCONFIRMED);

  ConfirmedChannel(Connection connection, BrokerDialect dialect) throws IOException {
    channel = Channels.vital(connection);
    channel.confirmSelect();
    Outcome refusal = dialect.refusesWhatNobodyListensFor() ? Outcome.RETURNED : Outcome.REFUSED;
    channel.addConfirmListener(
        (number, multiple) -> settle(number, multiple, Outcome.TAKEN),
        (number, multiple) -> settle(number, multiple, refusal));
    channel.addReturnListener(returned -> {
      Map<String, Object> headers = returned.getProperties().getHeaders();
      Sending message =
          headers != null && headers.get(NUMBER) instanceof Long key ? unconfirmed.get(key) : null;
      if (message != null) {
        message.returned.set(true);
      }
    });
    channel.addShutdownListener(cause -> abandon());
    Thread.ofVirtual().name("amqp-writer").start(this::write);
  }

  /**
   * Sends a message; ask the result what became of it. Never throws for a broken connection.
   *
   * @param deadline until when to wait for room behind what others have sent, as {@link
   *     System#nanoTime} counts; a moment that has passed means not at all
   */
  Sending publish(
      String exchange,
      String routingKey,
      boolean mandatory,
      AMQP.BasicProperties.Builder properties,
      byte[] body,
      long deadline) {
    var message = new Sending(exchange, routingKey, mandatory, properties, body);
    try {
      if (!waiting.offer(message)
          && !waiting.offer(
              message, Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
        message.giveUp();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      message.giveUp();
    }
    if (!channel.isOpen()) {
      abandon();
    }
    return message;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** For how long the broker has owed the oldest confirmation that it still owes. */
  Duration unconfirmedFor() {
    Map.@Nullable Entry<Long, Sending> oldest = unconfirmed.firstEntry();
    return oldest == null
        ? Duration.ZERO
        : Duration.ofNanos(System.nanoTime() - oldest.getValue().writtenAt);
  }

  private void write() {
    try {
      while (channel.isOpen()) {
        Sending message = waiting.poll(LOOK_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
          continue;
        }
        while (channel.isOpen() && !window.tryAcquire(LOOK_SECONDS, TimeUnit.SECONDS)) {
          log.debug("{} messages are not confirmed yet", MOST_UNCONFIRMED);
        }
        write(message);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      abandon();
    }
  }

  private void write(Sending message) {
    if (!message.stage.compareAndSet(Stage.WAITING, Stage.WRITTEN)) {
      window.release();
      return;
    }
    long number = channel.getNextPublishSeqNo();
    message.writtenAt = System.nanoTime();
    unconfirmed.put(number, message);
    try {
      channel.basicPublish(
          message.exchange,
          message.routingKey,
          message.mandatory,
          message.properties.headers(Map.of(NUMBER, number)).build(),
          message.body);
    } catch (IOException | RuntimeException broken) {
      // A fault of ours with one message, such as a name that is too long, ends nothing else.
      log.debug("Cannot write a message", broken);
      if (unconfirmed.remove(number) != null) {
        window.release();
      }
      message.outcome.complete(Outcome.UNKNOWN);
    }
  }

  private void settle(long number, boolean multiple, Outcome outcome) {
    if (!multiple) {
      confirm(unconfirmed.remove(number), outcome);
      return;
    }
    for (Long each : unconfirmed.headMap(number, true).keySet()) {
      confirm(unconfirmed.remove(each), outcome);
    }
  }

  private void confirm(@Nullable Sending message, Outcome outcome) {
    if (message != null) {
      window.release();
      message.confirm(outcome);
    }
  }

  /** Nothing more will be confirmed or written. */
  private void abandon() {
    for (Long each : unconfirmed.keySet()) {
      Sending message = unconfirmed.remove(each);
      if (message != null) {
        window.release();
        message.outcome.complete(Outcome.UNKNOWN);
      }
    }
    Sending message = waiting.poll();
    while (message != null) {
      message.giveUp();
      message = waiting.poll();
    }
  }
}
