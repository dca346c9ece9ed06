package dev.bandmaster.agent.outbox;

import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.BusUnavailable;
import dev.bandmaster.bus.NodeBus;
import dev.bandmaster.wire.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends replies one after the other on a thread of its own, so that a slow broker never holds up
 * the supervision of a program. While the broker is away, or anything is waiting on the disk,
 * replies go to the spool; after a reconnect it is flushed, a little later by chance, so that a
 * thousand nodes do not all speak at once. What was sent twice after a doubtful confirmation, the
 * asker knows by its number.
 */
public final class ReplyOutbox implements AutoCloseable {

  /** Longest wait between a reconnect and the flush of the spool. */
  public static final Duration JITTER = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(ReplyOutbox.class);

  /** Replies in memory; a producer waits when there are more, which slows a program's output. */
  private static final int MOST_IN_MEMORY = 1_000;

  /** Size of the spool from which on output is dropped. */
  private static final long MOST_ON_DISK = 64L << 20;

  /** How often a spool that cannot be sent is looked at again. */
  private static final long PAUSE_MILLIS = 200;

  private record Item(Parcel parcel, Runnable kept) {}

  private final NodeBus bus;
  private final ReplySpool spool;
  private final RandomGenerator random;
  private final Duration jitter;
  private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(MOST_IN_MEMORY);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean stopping;
  private long flushAt;
  private boolean waiting;
  private @Nullable Thread sender;

  /**
   * An outbox whose spool lies in a directory, made when missing.
   *
   * @param jitter longest wait between a reconnect and the flush
   */
  public ReplyOutbox(NodeBus bus, Path directory, RandomGenerator random, Duration jitter)
      throws IOException {
    this.bus = bus;
    this.spool = new ReplySpool(directory, MOST_ON_DISK);
    this.random = random;
    this.jitter = jitter;
  }

  /** Begins to send. */
  public void start() {
    sender = Thread.ofVirtual().name("reply-outbox").start(this::work);
  }

  /**
   * Hands a reply over; replies of one caller keep their order.
   *
   * @param kept run once the reply is with the broker or on the disk
   */
  public void send(String replyTo, Reply reply, Runnable kept) {
    try {
      queue.put(new Item(new Parcel(replyTo, reply), kept));
    } catch (InterruptedException _) {
      // The job is being ended; its last words must still get out.
      boolean room = queue.offer(new Item(new Parcel(replyTo, reply), kept));
      if (!room) {
        LOG.warn("A reply to request {} was dropped: too many are waiting.", reply.request());
      }
      Thread.currentThread().interrupt();
    }
  }

  /** Sends or spools what is in memory, then stops; waits for at most ten seconds. */
  @Override
  public void close() {
    stopping = true;
    try {
      if (sender != null && !ended.await(10, TimeUnit.SECONDS)) {
        LOG.warn("The reply outbox did not empty in time.");
        sender.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      while (!stopping || !queue.isEmpty()) {
        Item item = queue.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        if (item != null) {
          handle(item);
        }
        flush();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private void handle(Item item) {
    if (!spool.isEmpty() || !sent(item.parcel())) {
      try {
        spool.add(item.parcel());
      } catch (IOException e) {
        LOG.error(
            "A reply to request {} could not be spooled and is lost: {}",
            item.parcel().reply().request(),
            e.getMessage());
        return;
      }
    }
    item.kept().run();
  }

  private boolean sent(Parcel parcel) {
    if (!(bus.state() instanceof BusState.Connected)) {
      return false;
    }
    try {
      bus.reply(parcel.replyTo(), parcel.reply());
      return true;
    } catch (BusUnavailable e) {
      LOG.info("The broker is away, replies are spooled: {}", e.getMessage());
      return false;
    } catch (RuntimeException e) {
      LOG.error("A reply cannot be sent and is dropped", e);
      return true;
    }
  }

  /** Sends what lies on the disk once the broker is back and the wait by chance is over. */
  private void flush() {
    if (spool.isEmpty() || !(bus.state() instanceof BusState.Connected)) {
      waiting = false;
      return;
    }
    if (!waiting) {
      waiting = true;
      flushAt = System.nanoTime() + random.nextLong(jitter.toNanos() + 1);
    }
    if (System.nanoTime() - flushAt < 0) {
      return;
    }
    try {
      Optional<Parcel> parcel = spool.first();
      while (parcel.isPresent() && sent(parcel.get())) {
        spool.removeFirst();
        parcel = spool.first();
      }
    } catch (IOException e) {
      LOG.error("The reply spool cannot be emptied: {}", e.getMessage());
    }
    waiting = !spool.isEmpty() && bus.state() instanceof BusState.Connected;
  }
}
