package dev.bandmaster.engine.clock;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Has something looked after again and again, in a thread of its own, until it is closed. */
public final class Ticker implements AutoCloseable {
  private final Duration pause;
  private final Runnable look;
  private final Semaphore stop = new Semaphore(0);
  private final Thread thread;

  /**
   * Makes a ticker; {@link #start} begins.
   *
   * @param name of the thread
   * @param pause from the end of one look to the next, and before the first
   * @param look deals with its own failures
   */
  public Ticker(String name, Duration pause, Runnable look) {
    this.pause = pause;
    this.look = look;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!stop.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        look.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A look that is under way goes on to its end; none follows. */
  @Override
  public void close() {
    stop.release();
  }
}
