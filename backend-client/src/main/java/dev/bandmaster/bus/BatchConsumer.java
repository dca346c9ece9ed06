package dev.bandmaster.bus;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.bandmaster.wire.Hints;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes deliveries from queues in batches, one thread, in order, and acknowledges a batch when its
 * receiver has returned. The first delivery after a quiet spell goes on at once; under load batches
 * are at least 20 ms apart, so that the work that is done once per batch, such as a database
 * transaction, is done fifty times a second and not once per reply.
 */
final class BatchConsumer {
  private static final Logger log = LoggerFactory.getLogger(BatchConsumer.class);

  /** Most deliveries in a batch. */
  static final int LARGEST = 500;

  /**
   * Deliveries that the broker sends ahead of our acknowledgements: one batch in work, one waiting.
   */
  private static final int PREFETCH = 2 * LARGEST;

  private static final long APART_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** How long to wait before deliveries come again for a receiver that failed. */
  private static final long AFTER_FAILURE_MILLIS = 250;

  /** One message as it came. */
  static final class Delivery {
    private final long tag;
    private final Hints hints;
    private final byte[] body;

    private Delivery(long tag, Hints hints, byte[] body) {
      this.tag = tag;
      this.hints = hints;
      this.body = body;
    }

    Hints hints() {
      return hints;
    }

    byte[] body() {
      return body;
    }
  }

  /**
   * Marks the end of the connection. The receiver is never interrupted: it may be in the middle of
   * a transaction.
   */
  private static final Delivery END = new Delivery(0, new Hints("", "", ""), new byte[0]);

  private final Channel channel;
  private final Consumer<List<Delivery>> receiver;
  private final BlockingQueue<Delivery> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong settled = new AtomicLong();
  private final Thread thread;

  BatchConsumer(Connection connection, String threadName, Consumer<List<Delivery>> receiver)
      throws IOException {
    this.channel = connection.createChannel();
    this.receiver = receiver;
    channel.basicQos(PREFETCH);
    this.thread = Thread.ofVirtual().name(threadName).unstarted(this::work);
    connection.addShutdownListener(cause -> waiting.add(END));
    thread.start();
  }

  /**
   * Begins to take from a queue; several queues share the order in which their deliveries arrived.
   */
  void consume(String queue) throws IOException {
    channel.basicConsume(
        queue,
        false,
        new DefaultConsumer(channel) {
          @Override
          public void handleDelivery(
              String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            received.incrementAndGet();
            waiting.add(new Delivery(envelope.getDeliveryTag(), hints(envelope, properties), body));
          }

          @Override
          public void handleCancel(String consumerTag) {
            log.warn("The broker has cancelled the consumer of {}; connecting again", queue);
            channel.getConnection().abort(0);
          }
        });
  }

  /** Deliveries that have arrived since the connection began. */
  long received() {
    return received.get();
  }

  /** Whether nothing is waiting or in work here. */
  boolean isIdle() {
    return settled.get() == received.get();
  }

  static Hints hints(Envelope envelope, AMQP.BasicProperties properties) {
    return new Hints(
        envelope.getRoutingKey(),
        orEmpty(properties.getCorrelationId()),
        orEmpty(properties.getReplyTo()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private void work() {
    long last = System.nanoTime() - APART_NANOS;
    boolean ended = false;
    try {
      while (!ended) {
        var batch = new ArrayList<Delivery>();
        batch.add(waiting.take());
        long early = APART_NANOS - (System.nanoTime() - last);
        if (early > 0 && waiting.size() < LARGEST) {
          TimeUnit.NANOSECONDS.sleep(early);
        }
        waiting.drainTo(batch, LARGEST - 1);
        last = System.nanoTime();
        ended = batch.remove(END);
        if (!batch.isEmpty()) {
          hand(batch);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until the receiver has finished what it had when the connection ended. */
  void join(Duration longest) throws InterruptedException {
    if (!thread.join(longest)) {
      log.warn("{} is still at work on its last batch", thread.getName());
    }
  }

  private void hand(List<Delivery> batch) throws InterruptedException {
    long newest = batch.getLast().tag;
    try {
      try {
        receiver.accept(batch);
        channel.basicAck(newest, true);
      } catch (AlreadyClosedException closed) {
        throw closed;
      } catch (RuntimeException failed) {
        log.error(
            "A batch of {} deliveries could not be processed and will come again",
            batch.size(),
            failed);
        Thread.sleep(AFTER_FAILURE_MILLIS);
        channel.basicNack(newest, true, true);
      }
    } catch (IOException | AlreadyClosedException closed) {
      log.debug(
          "The connection ended before {} deliveries were acknowledged; they will come again",
          batch.size());
    } finally {
      settled.addAndGet(batch.size());
    }
  }
}
