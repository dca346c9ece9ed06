package dev.bandmaster.engine.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;

/**
 * Keeps one faulty item from stopping the others of a loop. Whatever an item's work throws is
 * caught and reported once, not once per round; the item is then skipped for a while that doubles
 * with each further failure. The first success ends that. Safe for use by many threads; work on
 * different items runs concurrently.
 *
 * <p>Typical use: {@code for (Job job : jobs) { guard.run(job.id(), () -> advance(job)); }}
 *
 * @param <K> what identifies an item, a value with {@code equals} and a {@code toString} that may
 *     be logged
 */
public final class ItemGuard<K> {

  /** How long an item is skipped after its first failure. */
  static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

  /** No item is skipped longer than this, so a fault that was fixed is noticed. */
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /**
   * An item that was not tried for so long after its pause is gone; longer than any loop pauses.
   */
  static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  /**
   * Failing items that are remembered. Beyond it the oldest is forgotten: it is tried sooner and
   * reported again, and memory stays bounded.
   */
  static final int CAPACITY = 10_000;

  private final InstantSource clock;
  private final Predicate<RuntimeException> general;
  private final Reporter<K> reporter;
  private final LinkedHashMap<K, Failure<K>> failures = new LinkedHashMap<>();

  /**
   * Creates a guard.
   *
   * @param general faults that concern every item, such as a database that is down; they are thrown
   *     on to the loop and count against no item
   * @param reporter gets the first failure of each item
   */
  public ItemGuard(InstantSource clock, Predicate<RuntimeException> general, Reporter<K> reporter) {
    this.clock = Objects.requireNonNull(clock);
    this.general = Objects.requireNonNull(general);
    this.reporter = Objects.requireNonNull(reporter);
  }

  /**
   * A guard that reports to a log.
   *
   * @param kind of the items, at the beginning of the line: {@code "Schedule"}
   */
  public static <K> ItemGuard<K> logging(
      Logger log, String kind, InstantSource clock, Predicate<RuntimeException> general) {
    return new ItemGuard<>(
        clock,
        general,
        failure ->
            log.error(
                "{} {} failed. Retrying with backoff; other items continue.",
                kind,
                failure.item(),
                failure.fault()));
  }

  /** Receives the first failure of each item. What it throws goes to the loop. */
  @FunctionalInterface
  public interface Reporter<K> {
    void failed(Failure<K> failure);
  }

  /**
   * An item that fails.
   *
   * @param times how often in a row
   * @param fault the newest
   * @param retryAt when it is tried again
   */
  public record Failure<K>(K item, int times, Throwable fault, Instant retryAt) {}

  /**
   * Runs the work of an item unless it is being skipped.
   *
   * @return whether it ran to its end
   */
  public boolean run(K item, Runnable work) {
    if (isSkipped(item)) {
      return false;
    }
    try {
      work.run();
    } catch (RuntimeException e) {
      if (general.test(e)) {
        throw e;
      }
      return failed(item, e);
    } catch (StackOverflowError | LinkageError e) {
      // Both come from what one item holds: text nested too deeply, a plugin with a missing class.
      return failed(item, e);
    }
    succeeded(item);
    return true;
  }

  /** Whether the item failed and its pause is not over. */
  public boolean isSkipped(K item) {
    return failure(item).filter(failure -> failure.retryAt().isAfter(clock.instant())).isPresent();
  }

  /** What is known of an item that fails. */
  public Optional<Failure<K>> failure(K item) {
    synchronized (failures) {
      return Optional.ofNullable(failures.get(item));
    }
  }

  /** How many items fail now; for metrics. Items that are gone count for a while. */
  public int failing() {
    synchronized (failures) {
      dropStale(clock.instant());
      return failures.size();
    }
  }

  private boolean failed(K item, Throwable fault) {
    Failure<K> failure;
    synchronized (failures) {
      Instant now = clock.instant();
      dropStale(now);
      // Put at the end: the first entry is the one that was not tried for the longest time.
      Failure<K> before = failures.remove(item);
      int times = before == null ? 1 : before.times() + 1;
      failure = new Failure<>(item, times, fault, now.plus(pause(times)));
      failures.put(item, failure);
      if (failures.size() > CAPACITY) {
        failures.pollFirstEntry();
      }
    }
    if (failure.times() == 1) {
      reporter.failed(failure);
    }
    return false;
  }

  private void succeeded(K item) {
    synchronized (failures) {
      failures.remove(item);
    }
  }

  private void dropStale(Instant now) {
    failures.values().removeIf(failure -> failure.retryAt().plus(FORGOTTEN_AFTER).isBefore(now));
  }

  /** Doubles with each failure in a row. */
  static Duration pause(int times) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(times - 1, 20));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
