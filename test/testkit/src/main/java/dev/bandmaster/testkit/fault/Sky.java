package dev.bandmaster.testkit.fault;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The weather over all connections of a line. */
final class Sky {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Weather now = new Weather.Clear();

  Weather now() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  void change(Weather other) {
    lock.lock();
    try {
      now = other;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns once something passes at all. */
  Weather awaitPassage() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (now instanceof Weather.BlackHole) {
        changed.await();
      }
      return now;
    } finally {
      lock.unlock();
    }
  }
}
