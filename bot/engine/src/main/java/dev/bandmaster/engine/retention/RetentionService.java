package dev.bandmaster.engine.retention;

import dev.bandmaster.core.store.Retention;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.ItemGuard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what is over, every ten minutes or so, a little at a time. */
public final class RetentionService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionService.class);

  /** From the end of one round to the next; each pause is up to a half shorter or longer. */
  private static final Duration PAUSE = Duration.ofMinutes(10);

  /** Rows in one commit. */
  private static final int BATCH = 1_000;

  private final Retention past;
  private final RetentionSettings retention;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Thread thread = Thread.ofVirtual().name("retention").unstarted(this::run);
  private final ItemGuard<String> guard;
  private volatile boolean running = true;

  public RetentionService(
      Retention past, RetentionSettings retention, InstantSource clock, RandomGenerator random) {
    this.past = past;
    this.retention = retention;
    this.clock = clock;
    this.random = random;
    this.guard =
        ItemGuard.logging(LOG, "Deleting old records,", clock, StoreUnavailable.class::isInstance);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    while (running) {
      try {
        Thread.sleep(PAUSE.toMillis() / 2 + random.nextLong(PAUSE.toMillis()));
        round();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (StoreUnavailable e) {
        LOG.warn("Old records stay in the store for now: {}", e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("Deleting old records failed; retrying later", e);
      }
    }
  }

  /** Forgets everything that is over at this moment. */
  void round() {
    Instant now = clock.instant();
    int deliveries =
        all("deliveries", () -> past.forgetDeliveries(now.minus(retention.inbox()), BATCH));
    int messages = all("messages", () -> past.forgetMessages(now.minus(retention.outbox()), BATCH));
    int output = all("output", () -> past.forgetOutput(now.minus(retention.output()), BATCH));
    int watched =
        all("node states", () -> past.forgetTransitions(now.minus(retention.output()), BATCH))
            + all("alerts", () -> past.forgetAlerts(now.minus(retention.output()), BATCH));
    if (deliveries + messages + output + watched > 0) {
      LOG.info(
          "Deleted {} deliveries, {} messages, {} outputs and {} alerts and node states",
          deliveries,
          messages,
          output,
          watched);
    }
  }

  /** What cannot be forgotten of one kind keeps nothing of the others. */
  private int all(String kind, IntSupplier batch) {
    AtomicInteger sum = new AtomicInteger();
    guard.run(
        kind,
        () -> {
          int forgotten = BATCH;
          while (running && forgotten >= BATCH) {
            forgotten = batch.getAsInt();
            sum.addAndGet(forgotten);
          }
        });
    return sum.get();
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
  }
}
