package dev.bandmaster.agent.outbox;

import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.BusUnavailable;
import dev.bandmaster.bus.FaultLog;
import dev.bandmaster.bus.NodeBus;
import dev.bandmaster.model.Backoff;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends replies one after the other on threads of its own. Handing a reply over never waits, for
 * neither broker nor disk: timeouts, heartbeats and new requests go on whatever happens here. While
 * the broker is away, confirms nothing within a second, or anything is waiting on the disk, replies
 * go to the spool; after a reconnect it is flushed, a little later by chance, so that a thousand
 * nodes do not all speak at once. What was sent twice after a doubtful confirmation, the asker
 * knows by its number.
 */
public final class ReplyOutbox implements AutoCloseable {

  /** Longest wait between a reconnect and the flush of the spool. */
  public static final Duration JITTER = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(ReplyOutbox.class);

  /** Replies in memory from which on a program's output waits, see {@link #awaitRoom}. */
  private static final int MOST_IN_MEMORY = 1_000;

  /** Replies in memory from which on output, progress and heartbeats are dropped. */
  private static final int FULL = 2 * MOST_IN_MEMORY;

  /** How long a program's output waits for room: that is, for the disk. */
  private static final long ROOM_MILLIS = 5_000;

  /** How long a reply waits for its confirmation in memory; then it goes to the disk. */
  private static final long PATIENCE_MILLIS = 1_000;

  /** How often a reply may fail while the broker is there, until the next gets its turn. */
  private static final int MOST_FAILURES = 6;

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));

  /** Size of the spool from which on output is dropped. */
  private static final long MOST_ON_DISK = 64L << 20;

  /** How often a spool that cannot be sent is looked at again. */
  private static final long PAUSE_MILLIS = 200;

  private record Item(Parcel parcel, Runnable kept) {}

  /** A reply that is with the bus and not confirmed yet. */
  private record Attempt(Parcel parcel, FutureTask<Boolean> result) {}

  private final NodeBus bus;
  private final ReplySpool spool;
  private final RandomGenerator random;
  private final Duration jitter;
  private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final FaultLog faults = new FaultLog(LOG);
  private final AtomicLong dropped = new AtomicLong();
  private volatile boolean stopping;
  private @Nullable Attempt attempt;
  private @Nullable Parcel failing;

  /** Numbers of replies that went behind the others once. */
  private final Set<String> postponed = new HashSet<>();

  private int failures;
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
   * Hands a reply over and returns at once; replies of one caller keep their order.
   *
   * @param kept run once the reply is with the broker or on the disk
   */
  public void send(String replyTo, TargetReport reply, Runnable kept) {
    if (queue.size() >= FULL && !ReplySpool.mustStay(reply.body())) {
      if (dropped.incrementAndGet() == 1) {
        LOG.warn("Too many replies are waiting for the disk; further output is dropped.");
      }
      return;
    }
    queue.add(new Item(new Parcel(replyTo, reply), kept));
  }

  /** Waits for room for output, for some seconds at most; an interrupt ends the waiting. */
  public void awaitRoom() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ROOM_MILLIS);
    try {
      while (queue.size() >= MOST_IN_MEMORY && System.nanoTime() - end < 0) {
        Thread.sleep(5);
      }
    } catch (InterruptedException _) {
      // The job is being cancelled; its final replies must still be sent.
      Thread.currentThread().interrupt();
    }
  }

  /** Sends or spools what is in memory, then stops; waits for at most ten seconds. */
  @Override
  public void close() {
    stopping = true;
    try {
      if (sender != null && !ended.await(10, TimeUnit.SECONDS)) {
        LOG.warn("The reply outbox was not flushed in time.");
        sender.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      while (!stopping || !queue.isEmpty()) {
        try {
          Item item = queue.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
          if (item != null) {
            handle(item);
          }
          flush();
        } catch (RuntimeException e) {
          faults.failed("Sending a reply", e);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private void handle(Item item) throws InterruptedException {
    if (!spool.isEmpty() || attempt != null || !sent(item.parcel())) {
      try {
        spool.add(item.parcel());
      } catch (IOException e) {
        faults.failed("Spooling a reply", e);
        LOG.debug("A reply to request {} is lost", item.parcel().reply().request());
        return;
      }
    }
    item.kept().run();
  }

  /** Whether the reply is with the broker; false also while that is not known yet. */
  private boolean sent(Parcel parcel) throws InterruptedException {
    if (!(bus.state() instanceof BusState.Connected)) {
      return false;
    }
    FutureTask<Boolean> result = new FutureTask<>(() -> delivered(parcel));
    attempt = new Attempt(parcel, result);
    Thread.ofVirtual().name("reply-sender").start(result);
    try {
      boolean sent = result.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      attempt = null;
      return sent;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      attempt = null;
      faults.failed("Sending a reply", e);
      return false;
    }
  }

  private boolean delivered(Parcel parcel) {
    try {
      bus.reply(parcel.replyTo(), parcel.reply());
      return true;
    } catch (BusUnavailable e) {
      LOG.info("The broker is unreachable; replies are spooled: {}", e.getMessage());
      return false;
    } catch (RuntimeException e) {
      faults.failed("Writing a reply", e);
      Parcel shorter = withoutResult(parcel);
      return shorter.equals(parcel) || delivered(shorter);
    }
  }

  /** A final that cannot be sent still ends the request, without what makes it impossible. */
  private static Parcel withoutResult(Parcel parcel) {
    TargetReport reply = parcel.reply();
    if (!(reply.body() instanceof ReportBody.Final end)) {
      return parcel;
    }
    ReportBody.Final shorter =
        new ReportBody.Final(
            end.code(),
            "The result could not be sent. See the agent's log.",
            end.exit(),
            Data.none());
    return new Parcel(
        parcel.replyTo(),
        new TargetReport(
            reply.request(),
            reply.node(),
            reply.boot(),
            reply.sequence(),
            reply.sentAt(),
            shorter));
  }

  /** Sends what lies on the disk once the broker is back and the wait by chance is over. */
  private void flush() throws InterruptedException {
    try {
      if (isPending()) {
        return;
      }
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
      Optional<Parcel> parcel = spool.first();
      boolean goOn = parcel.isPresent();
      while (goOn && parcel.isPresent()) {
        goOn = sent(parcel.get());
        if (goOn) {
          spool.removeFirst();
          failures = 0;
          parcel = spool.first();
        } else if (attempt == null) {
          failed(parcel.get());
        }
        // What is in memory waits no longer than for one reply.
        goOn &= queue.isEmpty();
      }
    } catch (IOException e) {
      faults.failed("Emptying the reply spool", e);
    }
    waiting = !spool.isEmpty() && bus.state() instanceof BusState.Connected;
  }

  /** Whether an earlier attempt still waits; its success removes the reply from the disk. */
  private boolean isPending() throws IOException, InterruptedException {
    Attempt current = attempt;
    if (current == null) {
      return false;
    }
    if (!current.result().isDone()) {
      return true;
    }
    attempt = null;
    boolean sent;
    try {
      sent = current.result().get();
    } catch (ExecutionException e) {
      faults.failed("Sending a reply", e);
      sent = false;
    }
    if (spool.first().filter(first -> same(first, current.parcel())).isPresent()) {
      if (sent) {
        spool.removeFirst();
      } else {
        failed(current.parcel());
      }
    }
    return false;
  }

  /**
   * A reply failed that was handed to a broker that was there. When it fails again and again while
   * others wait, it does not stop them: output is dropped, the rest goes behind the others, and the
   * next time a final loses its result.
   */
  private void failed(Parcel parcel) throws IOException {
    failures = failing != null && same(parcel, failing) ? failures + 1 : 1;
    failing = parcel;
    flushAt = System.nanoTime() + BACKOFF.delay(failures - 1, random).toNanos();
    TargetReport reply = parcel.reply();
    String key = reply.boot() + "-" + reply.sequence();
    if (failures < MOST_FAILURES || (spool.size() < 2 && !postponed.contains(key))) {
      return;
    }
    failures = 0;
    LOG.warn("Sending a reply to request {} keeps failing", reply.request());
    if (ReplySpool.mustStay(reply.body())) {
      boolean again = postponed.size() >= MOST_IN_MEMORY || !postponed.add(key);
      spool.add(again ? withoutResult(parcel) : parcel);
    }
    spool.removeFirst();
  }

  private static boolean same(Parcel one, Parcel other) {
    TargetReport first = one.reply();
    TargetReport second = other.reply();
    return first.sequence() == second.sequence() && first.boot().equals(second.boot());
  }
}
