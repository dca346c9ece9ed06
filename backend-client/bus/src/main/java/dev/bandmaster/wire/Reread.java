package dev.bandmaster.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that was read from disk and is read again when the disk has changed, without a restart.
 * The caller that asks after a while looks; the others get what was read last meanwhile. What
 * cannot be read any more is kept as it was, and complained about once. Any thread.
 *
 * @param <T> shows no secrets in its {@code toString}, which goes to the log
 */
public final class Reread<T> implements Supplier<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Reread.class);

  /** How often the disk is looked at: a person who changed a file waits about this long. */
  public static final Duration EVERY = Duration.ofSeconds(2);

  /** Between two looks for something that is missing. */
  public static final Duration SOONEST = Duration.ofMillis(50);

  /** What is on the disk. */
  public interface Disk<T> {
    /** Changes whenever what {@link #read} returns may have changed; cheap. */
    Object mark() throws IOException;

    /**
     * Reads it.
     *
     * @throws IOException with a sentence when it is not usable
     */
    T read() throws IOException;
  }

  private final String what;
  private final Disk<T> disk;
  private final InstantSource clock;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile T value;
  private volatile Instant nextLook;
  private volatile Optional<String> problem = Optional.empty();
  private @Nullable Object mark;

  /**
   * Reads it for the first time.
   *
   * @param what what it is, for the log
   * @throws IOException with a sentence when it is not usable
   */
  public Reread(String what, Disk<T> disk, InstantSource clock) throws IOException {
    this.what = what;
    this.disk = disk;
    this.clock = clock;
    this.mark = disk.mark();
    this.value = disk.read();
    this.nextLook = clock.instant().plus(EVERY);
  }

  @Override
  public T get() {
    Instant now = clock.instant();
    // A clock that was set back must not stop the looking.
    boolean due = !now.isBefore(nextLook) || now.isBefore(nextLook.minus(EVERY.multipliedBy(2)));
    if (due && looking.tryLock()) {
      try {
        nextLook = now.plus(EVERY);
        look();
      } finally {
        looking.unlock();
      }
    }
    return value;
  }

  /**
   * What is on the disk now, for somebody who misses something in what was read last. Whoever
   * provokes this again and again costs no more than one look in {@link #SOONEST}.
   */
  public T missing() {
    looking.lock();
    try {
      Instant now = clock.instant();
      Instant lastLook = nextLook.minus(EVERY);
      if (!now.isBefore(lastLook.plus(SOONEST)) || now.isBefore(lastLook)) {
        nextLook = now.plus(EVERY);
        look();
      }
    } finally {
      looking.unlock();
    }
    return value;
  }

  /** Why what is on the disk now is not used, if that is so. */
  public Optional<String> problem() {
    return problem;
  }

  private void look() {
    try {
      Object found = disk.mark();
      if (found.equals(mark)) {
        return;
      }
      T fresh = disk.read();
      mark = found;
      value = fresh;
      problem = Optional.empty();
      LOG.info("{} was read again: {}", what, fresh);
    } catch (IOException | UncheckedIOException e) {
      String reason = String.valueOf(e.getMessage());
      if (!problem.equals(Optional.of(reason))) {
        LOG.error("{} cannot be read again, what was read before stays: {}", what, reason);
      }
      problem = Optional.of(reason);
    }
  }
}
