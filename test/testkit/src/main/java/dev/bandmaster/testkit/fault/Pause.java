package dev.bandmaster.testkit.fault;

import java.time.Duration;

/** Lets time pass. A parameter, so that tests need not wait. */
@FunctionalInterface
public interface Pause {
  /** The real one. */
  Pause REAL = Thread::sleep;

  /** Returns after this time. */
  void pass(Duration time) throws InterruptedException;
}
