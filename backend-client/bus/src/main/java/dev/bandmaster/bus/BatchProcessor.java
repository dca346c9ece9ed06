package dev.bandmaster.bus;

import com.rabbitmq.client.AlreadyClosedException;
import dev.bandmaster.bus.BatchConsumer.Delivery;
import dev.bandmaster.model.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands deliveries to a receiver in batches, and keeps one that the receiver cannot process from
 * stopping the others. When a batch fails, its deliveries are tried one by one:
 *
 * <ul>
 *   <li>Some succeed: those that failed are suspects. Each is tried again by itself, with longer
 *       and longer waits, and is discarded when it has failed {@value #MOST_FAILURES} times while
 *       others succeeded in between.
 *   <li>None succeeds: the receiver itself is in trouble, such as a database that is away. All are
 *       held, in order and without limit of time, and nothing is discarded.
 * </ul>
 *
 * <p>Deliveries that are held or suspected are not acknowledged, so the end of the connection gives
 * them back. Used by one thread.
 */
final class BatchProcessor {
  private static final Logger log = LoggerFactory.getLogger(BatchProcessor.class);

  /** How often a suspect may fail: over a minute or so. */
  static final int MOST_FAILURES = 8;

  /** Deliveries that fail in a row before the receiver is thought to be in trouble. */
  static final int PROBES = 3;

  /** Waits of a suspect. */
  private static final Backoff SUSPECTED =
      new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30));

  /** Waits of all, short since nobody knows yet that the next message does not fit. */
  private static final Backoff HELD = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(2));

  /** Acknowledges to the broker. */
  interface Acknowledger {
    /** All deliveries up to this one. */
    void upTo(long tag) throws IOException;

    void one(long tag) throws IOException;
  }

  /** A delivery that failed while others succeeded. */
  private static final class Suspect {
    private final Delivery delivery;
    private int failures = 1;
    private long successesBefore;
    private long dueAt;

    private Suspect(Delivery delivery) {
      this.delivery = delivery;
    }
  }

  private final String name;

  /** Most deliveries in a batch. */
  private final int largest;

  private final BatchConsumer.Receiver receiver;
  private final Acknowledger acknowledger;
  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private final FaultLog faults = new FaultLog(log);
  private final List<Delivery> held = new ArrayList<>();
  private final List<Suspect> suspects = new ArrayList<>();
  private int troubles;
  private int turns;
  private long heldUntil;
  private long successes;
  private long settled;

  BatchProcessor(
      String name,
      int largest,
      BatchConsumer.Receiver receiver,
      Acknowledger acknowledger,
      LongSupplier nanoTime,
      RandomGenerator random) {
    this.name = name;
    this.largest = largest;
    this.receiver = receiver;
    this.acknowledger = acknowledger;
    this.nanoTime = nanoTime;
    this.random = random;
  }

  /** Processes deliveries that have just arrived, or puts them behind those that are held. */
  void take(List<Delivery> batch) throws IOException {
    if (held.isEmpty()) {
      process(batch);
    } else {
      held.addAll(batch);
    }
  }

  /** Tries again what is due. */
  void retry() throws IOException {
    long now = nanoTime.getAsLong();
    if (!held.isEmpty() && now - heldUntil >= 0) {
      List<Delivery> batch = new ArrayList<>(held.subList(0, Math.min(held.size(), largest)));
      List<Delivery> rest = new ArrayList<>(held.subList(batch.size(), held.size()));
      held.clear();
      process(batch);
      held.addAll(rest);
    }
    retrySuspects(now);
  }

  /** Nanoseconds until {@link #retry} has something to do; {@link Long#MAX_VALUE} for never. */
  long dueIn() {
    long now = nanoTime.getAsLong();
    long due = held.isEmpty() ? Long.MAX_VALUE : Math.max(0, heldUntil - now);
    for (Suspect suspect : suspects) {
      due = Math.min(due, Math.max(0, suspect.dueAt - now));
    }
    return due;
  }

  /** Deliveries that were acknowledged, discarded ones included. */
  long settled() {
    return settled;
  }

  private void process(List<Delivery> batch) throws IOException {
    Throwable fault = attempt(batch);
    if (fault == null) {
      succeeded();
      acknowledge(batch);
      return;
    }
    faults.failed(name, fault);
    oneByOne(batch);
  }

  private void oneByOne(List<Delivery> batch) throws IOException {
    List<Delivery> order = new ArrayList<>(batch);
    // Others are tried first each time, so that a few at the front cannot hide the rest.
    Collections.rotate(order, -(turns % order.size()));
    turns += PROBES;
    List<Delivery> failed = new ArrayList<>();
    List<Delivery> untried = new ArrayList<>(batch);
    boolean someSucceeded = false;
    int inARow = 0;
    if (batch.size() > 1) {
      for (Delivery delivery : order) {
        if (attempt(List.of(delivery)) == null) {
          someSucceeded = true;
          inARow = 0;
          successes++;
          acknowledgeOne(delivery);
        } else {
          failed.add(delivery);
          inARow++;
        }
        untried.remove(delivery);
        if (inARow == PROBES) {
          break;
        }
      }
    }
    if (someSucceeded) {
      failed.forEach(this::suspect);
      hold(untried, 0);
    } else {
      hold(batch, troubles);
      troubles = Math.min(troubles + 1, 1_000);
    }
  }

  /** Keeps them, in the order of their arrival, until the receiver works again. */
  private void hold(List<Delivery> deliveries, int failures) {
    held.addAll(0, deliveries);
    heldUntil = nanoTime.getAsLong() + HELD.delay(failures, random).toNanos();
  }

  private void suspect(Delivery delivery) {
    Suspect suspect = new Suspect(delivery);
    suspects.add(suspect);
    postpone(suspect);
  }

  private void postpone(Suspect suspect) {
    suspect.successesBefore = successes;
    suspect.dueAt = nanoTime.getAsLong() + SUSPECTED.delay(suspect.failures - 1, random).toNanos();
  }

  private void retrySuspects(long now) throws IOException {
    int inARow = 0;
    for (Suspect suspect : List.copyOf(suspects)) {
      if (inARow == PROBES || now - suspect.dueAt < 0) {
        continue;
      }
      Throwable fault = attempt(List.of(suspect.delivery));
      if (fault == null) {
        inARow = 0;
        succeeded();
        suspects.remove(suspect);
        acknowledgeOne(suspect.delivery);
      } else {
        inARow++;
        // Without a success since it last failed, this failure says nothing about the delivery.
        suspect.failures += successes > suspect.successesBefore ? 1 : 0;
        if (suspect.failures >= MOST_FAILURES) {
          discard(suspect, fault);
        } else {
          postpone(suspect);
        }
      }
    }
  }

  private void discard(Suspect suspect, Throwable fault) throws IOException {
    suspects.remove(suspect);
    faults.failed(name + ": a message was discarded; it", fault);
    acknowledgeOne(suspect.delivery);
    try {
      receiver.discarded(suspect.delivery, fault);
    } catch (RuntimeException e) {
      faults.failed(name + ": counting a discarded message", e);
    }
  }

  private void succeeded() {
    successes++;
    troubles = 0;
    if (suspects.isEmpty()) {
      faults.recovered(name);
    }
  }

  /** The error, or null. */
  private @Nullable Throwable attempt(List<Delivery> batch) {
    try {
      receiver.accept(List.copyOf(batch));
      return null;
    } catch (NotForUs others) {
      throw others;
    } catch (Throwable fault) {
      return fault;
    }
  }

  private void acknowledge(List<Delivery> batch) throws IOException {
    if (!suspects.isEmpty() || !held.isEmpty()) {
      for (Delivery delivery : batch) {
        acknowledgeOne(delivery);
      }
      return;
    }
    settled += batch.size();
    acknowledge(() -> acknowledger.upTo(batch.getLast().tag()));
  }

  private void acknowledgeOne(Delivery delivery) throws IOException {
    settled++;
    acknowledge(() -> acknowledger.one(delivery.tag()));
  }

  private interface Acknowledging {
    void acknowledge() throws IOException;
  }

  private static void acknowledge(Acknowledging acknowledging) throws IOException {
    try {
      acknowledging.acknowledge();
    } catch (AlreadyClosedException closed) {
      throw new IOException("the connection is closed", closed);
    }
  }
}
