package dev.bandmaster.bus;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reply queues that this process takes from: one per acquired lease, each with a channel and a
 * thread of its own, so that one that fails or is slow does not hold up the others. What is adopted
 * outlives connections; what is open lives as long as one. Any thread.
 */
final class ReplyQueues {
  private static final Logger log = LoggerFactory.getLogger(ReplyQueues.class);

  /** Receives the replies of a lease. */
  interface Receiver {
    void replies(String lease, List<BatchConsumer.Delivery> batch);

    /** A reply was discarded because processing it kept failing. */
    void discarded(BatchConsumer.Delivery reply, Throwable fault);
  }

  /** What lives as long as one connection. */
  private static final class Open {
    private final Connection connection;
    private final BrokerDialect dialect;
    private final Map<String, BatchConsumer> consumers = new HashMap<>();

    /** How many deliveries each consumer had received when it was last looked at. */
    private final Map<BatchConsumer, Long> seen = new HashMap<>();

    private Open(Connection connection, BrokerDialect dialect) {
      this.connection = connection;
      this.dialect = dialect;
    }
  }

  private final Names names;
  private final Receiver receiver;
  private final Set<String> acquired = ConcurrentHashMap.newKeySet();

  private final FaultLog faults = new FaultLog(log);
  private final AtomicLong openings = new AtomicLong();

  /** Held during broker calls, so never by callers of acquire and release. */
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Open open;

  ReplyQueues(Names names, Receiver receiver) {
    this.names = names;
    this.receiver = receiver;
  }

  void acquire(String lease) {
    acquired.add(lease);
    settleSoon();
  }

  void release(String lease) {
    if (acquired.remove(lease)) {
      settleSoon();
    }
  }

  void connected(Connection connection, BrokerDialect dialect) {
    lock.lock();
    try {
      open = new Open(connection, dialect);
      settle();
    } finally {
      lock.unlock();
    }
  }

  void disconnected() {
    lock.lock();
    try {
      open = null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The watchdog against a consumer that is registered but deaf: replies wait at the broker,
   * nothing is in work here, and none has arrived since the last look. Queues that could not be
   * opened are tried again.
   */
  void check() throws IOException {
    lock.lock();
    try {
      settle();
      Open current = open;
      if (current == null) {
        return;
      }
      for (Map.Entry<String, BatchConsumer> entry : current.consumers.entrySet()) {
        BatchConsumer consumer = entry.getValue();
        long received = consumer.received();
        Long before = current.seen.put(consumer, received);
        if (before != null
            && before == received
            && consumer.isIdle()
            && waiting(current.connection, entry.getKey()) > 0) {
          throw new IOException(
              "replies to " + entry.getKey() + " are waiting at the broker and are not delivered");
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** How often a queue has been opened. */
  long openings() {
    return openings.get();
  }

  /** The connection's current consumers, to wait for when it ends. */
  List<BatchConsumer> consumers() {
    lock.lock();
    try {
      return open == null ? List.of() : List.copyOf(open.consumers.values());
    } finally {
      lock.unlock();
    }
  }

  /** The broker may be slow, so the caller does not wait for it. */
  private void settleSoon() {
    Thread.ofVirtual()
        .name("reply-queues")
        .start(() -> {
          lock.lock();
          try {
            settle();
          } finally {
            lock.unlock();
          }
        });
  }

  /** Opens what is adopted and not open, stops what is open and not adopted. */
  private void settle() {
    Open current = open;
    if (current == null || !current.connection.isOpen()) {
      return;
    }
    for (String lease : new ArrayList<>(current.consumers.keySet())) {
      BatchConsumer consumer = current.consumers.get(lease);
      if (consumer != null && (!acquired.contains(lease) || consumer.hasEnded())) {
        current.consumers.remove(lease);
        current.seen.remove(consumer);
        consumer.stop();
      }
    }
    var missing = new HashSet<>(acquired);
    missing.removeAll(current.consumers.keySet());
    for (String lease : missing) {
      try {
        current.consumers.put(lease, consume(current, lease));
        openings.incrementAndGet();
        faults.recovered("Receiving replies to " + lease);
      } catch (IOException | RuntimeException e) {
        // Only this lease fails; the others are opened, and this one is retried at " + "the next
        // check.
        faults.failed("Receiving replies to " + lease, e);
      }
    }
  }

  private BatchConsumer consume(Open current, String lease) throws IOException {
    String queue;
    try (Channel channel = Channels.open(current.connection)) {
      queue = Topology.replyQueue(channel, names, current.dialect, lease);
    } catch (TimeoutException e) {
      throw new IOException("the broker did not answer in time", e);
    }
    var consumer =
        new BatchConsumer(
            current.connection, "replies-" + lease, new Receiving(lease), this::settleSoon);
    try {
      consumer.consume(queue);
    } catch (IOException | AlreadyClosedException e) {
      consumer.stop();
      throw e;
    }
    return consumer;
  }

  private final class Receiving implements BatchConsumer.Receiver {
    private final String lease;

    private Receiving(String lease) {
      this.lease = lease;
    }

    @Override
    public void accept(List<BatchConsumer.Delivery> batch) {
      receive(lease, batch);
    }

    @Override
    public void discarded(BatchConsumer.Delivery delivery, Throwable fault) {
      receiver.discarded(delivery, fault);
    }
  }

  private void receive(String lease, List<BatchConsumer.Delivery> batch) {
    if (!acquired.contains(lease)) {
      throw new NotForUs(lease + " was released");
    }
    try {
      receiver.replies(lease, batch);
    } catch (NotForUs lost) {
      log.info("Leaving the replies to {} to other replicas: {}", lease, lost.getMessage());
      acquired.remove(lease);
      throw lost;
    }
  }

  private long waiting(Connection connection, String lease) throws IOException {
    try (Channel channel = Channels.open(connection)) {
      return channel.messageCount(names.replyQueue(lease));
    } catch (TimeoutException e) {
      throw new IOException("the broker did not answer in time", e);
    }
  }
}
