package dev.bandmaster.simulator.control;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets threads wait until something is so. The question is asked without holding this object's
 * lock, because the answer may need locks under which changes are announced.
 */
final class Changes {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long version;

  /** Something changed: the waiting ask again. */
  void signal() {
    lock.lock();
    try {
      version++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Asks after every change until there is an answer or the time is up. */
  <T> Optional<T> await(Supplier<Optional<T>> question, Duration within) {
    long left = within.toNanos();
    try {
      while (true) {
        long before = version();
        Optional<T> answer = question.get();
        if (answer.isPresent() || left <= 0) {
          return answer;
        }
        left = awaitAfter(before, left);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private long version() {
    lock.lock();
    try {
      return version;
    } finally {
      lock.unlock();
    }
  }

  private long awaitAfter(long before, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lock();
    try {
      while (version == before && left > 0) {
        left = changed.awaitNanos(left);
      }
      return left;
    } finally {
      lock.unlock();
    }
  }
}
