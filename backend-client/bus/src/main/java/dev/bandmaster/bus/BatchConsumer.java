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
import java.util.random.RandomGenerator;
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

  /** Where deliveries go. */
  interface Receiver {
    /**
     * Processes deliveries in order; they are acknowledged when it has returned. When it throws
     * they come again, see {@link BatchProcessor}.
     *
     * @throws NotForUs to give the deliveries back and take no more
     */
    void accept(List<Delivery> batch);

    /** A delivery was discarded because processing it kept failing. */
    default void discarded(Delivery delivery, Throwable fault) {}
  }

  /** One message as it came. */
  static final class Delivery {
    private final long tag;
    private final Hints hints;
    private final byte[] body;

    Delivery(long tag, Hints hints, byte[] body) {
      this.tag = tag;
      this.hints = hints;
      this.body = body;
    }

    long tag() {
      return tag;
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
  private final BatchProcessor processor;
  private final Runnable lost;
  private final BlockingQueue<Delivery> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong received = new AtomicLong();
  private final Thread thread;
  private volatile long settled;
  private volatile boolean stopped;

  /**
   * Begins to wait for deliveries.
   *
   * @param lost called when this consumer has ended though the connection goes on: the broker took
   *     its queue or its channel, or the receiver wants no more
   */
  BatchConsumer(Connection connection, String threadName, Receiver receiver, Runnable lost)
      throws IOException {
    this.channel = Channels.open(connection);
    this.processor =
        new BatchProcessor(
            threadName,
            LARGEST,
            receiver,
            acknowledger(),
            System::nanoTime,
            RandomGenerator.getDefault());
    this.lost = lost;
    channel.basicQos(PREFETCH);
    this.thread = Thread.ofVirtual().name(threadName).unstarted(this::work);
    channel.addShutdownListener(cause -> waiting.add(END));
    Channels.onEnd(channel, this::end);
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
            log.warn("The broker deleted {}; declaring it again", queue);
            end();
          }
        });
  }

  /**
   * Takes no more; returns at once. A batch in work ends as it ends, then the channel is closed,
   * and what is not acknowledged goes back to the queue.
   */
  void stop() {
    stopped = true;
    waiting.clear();
    waiting.add(END);
  }

  /** Whether it takes no more. */
  boolean hasEnded() {
    return stopped;
  }

  private void end() {
    if (!stopped) {
      stop();
      lost.run();
    }
  }

  /** Deliveries that have arrived since the connection began. */
  long received() {
    return received.get();
  }

  /** Whether nothing is waiting or in work here. */
  boolean isIdle() {
    return settled == received.get();
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
        try {
          var batch = new ArrayList<Delivery>();
          Delivery first = waiting.poll(processor.dueIn(), TimeUnit.NANOSECONDS);
          if (first != null) {
            batch.add(first);
            long early = APART_NANOS - (System.nanoTime() - last);
            if (early > 0 && waiting.size() < LARGEST) {
              TimeUnit.NANOSECONDS.sleep(early);
            }
            waiting.drainTo(batch, LARGEST - 1);
            last = System.nanoTime();
          }
          ended = batch.remove(END) || stopped;
          if (!stopped) {
            hand(batch);
          }
        } catch (InterruptedException stray) {
          // Nobody ends this thread so; a receiver left its flag set.
          log.debug("{} was interrupted and continues", thread.getName());
        }
      }
    } finally {
      closeChannel();
    }
  }

  /** Waits until the receiver has finished what it had when the connection ended. */
  void join(Duration longest) throws InterruptedException {
    if (!thread.join(longest)) {
      log.warn("{} is still processing its last batch", thread.getName());
    }
  }

  private void hand(List<Delivery> batch) {
    try {
      if (!batch.isEmpty()) {
        processor.take(batch);
      }
      if (processor.dueIn() == 0) {
        processor.retry();
      }
    } catch (NotForUs others) {
      // The channel's end gives back these deliveries and those behind them.
      end();
    } catch (IOException closed) {
      log.debug(
          "The connection closed before deliveries were acknowledged; they will be "
              + "redelivered");
    } finally {
      settled = processor.settled();
    }
  }

  private BatchProcessor.Acknowledger acknowledger() {
    return new BatchProcessor.Acknowledger() {
      @Override
      public void upTo(long tag) throws IOException {
        channel.basicAck(tag, true);
      }

      @Override
      public void one(long tag) throws IOException {
        channel.basicAck(tag, false);
      }
    };
  }

  private void closeChannel() {
    try {
      channel.abort();
    } catch (IOException | AlreadyClosedException gone) {
      log.debug("{} is already closed", thread.getName());
    }
  }
}
