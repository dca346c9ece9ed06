package dev.bandmaster.engine.clock;

import dev.bandmaster.model.Backoff;
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

  /** The pauses where nothing else is wanted; they end, so a fault that was fixed is noticed. */
  public static final Backoff PAUSES = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));

  /**
   * An item that was not tried for so long after its pause is gone; longer than any loop pauses.
   */
  static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  /**
   * Failing items that are remembered. Beyond it the oldest is forgotten: it is tried sooner and
   * reported again, and memory stays bounded.
   */
  static final int CAPACITY = 10_000;

  private final Backoff pauses;
  private final InstantSource clock;
  private final Predicate<RuntimeException> general;
  private final Reporter<K> reporter;
  private final LinkedHashMap<K, Failure<K>> failures = new LinkedHashMap<>();

  /**
   * Creates a guard.
   *
   * @param pauses how long an item is skipped after each failure; not shortened by chance
   * @param general faults that concern every item, such as a database that is down; they are thrown
   *     on to the loop and count against no item
   * @param reporter gets the first failure of each item
   */
  public ItemGuard(
      Backoff pauses,
      InstantSource clock,
      Predicate<RuntimeException> general,
      Reporter<K> reporter) {
    this.pauses = Objects.requireNonNull(pauses);
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
    return logging(log, kind, PAUSES, clock, general);
  }

  /** A guard with other pauses that reports to a log. */
  public static <K> ItemGuard<K> logging(
      Logger log,
      String kind,
      Backoff pauses,
      InstantSource clock,
      Predicate<RuntimeException> general) {
    return new ItemGuard<>(
        pauses,
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
    return !isSkipped(item) && runNow(item, work);
  }

  /**
   * Runs the work of an item even while the item is being skipped: for work that comes once and
   * would be lost.
   *
   * @return whether it ran to its end
   */
  public boolean runNow(K item, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      if (general.test(e)) {
        throw e;
      }
      failed(item, e);
      return false;
    } catch (StackOverflowError | LinkageError e) {
      // Both come from what one item holds: text nested too deeply, a plugin with a missing class.
      failed(item, e);
      return false;
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

  /** Notes a failure of an item whose work was run elsewhere: reported if it is the first. */
  public void failed(K item, Throwable fault) {
    Failure<K> failure;
    synchronized (failures) {
      Instant now = clock.instant();
      dropStale(now);
      // Put at the end: the first entry is the one that was not tried for the longest time.
      Failure<K> before = failures.remove(item);
      int times = before == null ? 1 : before.times() + 1;
      failure = new Failure<>(item, times, fault, now.plus(pauses.whole(times - 1)));
      failures.put(item, failure);
      if (failures.size() > CAPACITY) {
        failures.pollFirstEntry();
      }
    }
    if (failure.times() == 1) {
      reporter.failed(failure);
    }
  }

  /** Notes a success of an item whose work was run elsewhere: it is not skipped any more. */
  public void succeeded(K item) {
    synchronized (failures) {
      failures.remove(item);
    }
  }

  private void dropStale(Instant now) {
    failures.values().removeIf(failure -> failure.retryAt().plus(FORGOTTEN_AFTER).isBefore(now));
  }
}
