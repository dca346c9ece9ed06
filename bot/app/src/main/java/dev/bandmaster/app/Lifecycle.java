package dev.bandmaster.app;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds parts, starts them in order, and undoes both in the reverse order: at the stop, and when a
 * part cannot be built or started. First every started part is stopped, then every built part is
 * closed. A part that fails to stop or takes too long does not keep the others from it. Safe for
 * use by many threads once everything is built.
 */
final class Lifecycle implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  /** How long one part may take to stop or to close before the next one's turn. */
  private static final Duration LONGEST_STEP = Duration.ofSeconds(20);

  private final Duration longestStep;
  private final AtomicReference<State> state = new AtomicReference<>(State.BUILDING);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Part> parts = new ArrayList<>();
  private final Deque<Part> started = new ArrayDeque<>();
  private final Deque<Part> built = new ArrayDeque<>();

  private Lifecycle(Duration longestStep) {
    this.longestStep = longestStep;
  }

  /** Where a lifecycle is. It only moves on. */
  enum State {
    BUILDING,
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED
  }

  /** Ends something. */
  @FunctionalInterface
  interface Ending {
    void run() throws Exception;
  }

  private record Part(String name, Runnable start, Ending end) {}

  /**
   * Builds and starts.
   *
   * @param build builds the parts and registers them here
   * @throws RuntimeException or an error, as building or starting has thrown it; by then whatever
   *     was built and started is stopped and closed
   */
  static <T> T launch(Function<Lifecycle, T> build) {
    return launch(build, LONGEST_STEP);
  }

  static <T> T launch(Function<Lifecycle, T> build, Duration longestStep) {
    Lifecycle lifecycle = new Lifecycle(longestStep);
    try {
      T result = build.apply(lifecycle);
      lifecycle.start();
      return result;
    } catch (Throwable failure) {
      lifecycle.state.set(State.STOPPING);
      lifecycle.shutDown();
      throw failure;
    }
  }

  /** Closes a part at the end; to be called as soon as the part is built. */
  <T extends AutoCloseable> T own(T part) {
    building();
    built.push(new Part(part.getClass().getSimpleName(), () -> {}, part::close));
    return part;
  }

  /** Starts a part once everything is built, in the order of these calls. */
  void onStart(String name, Runnable start) {
    onStart(name, start, () -> {});
  }

  /**
   * Starts a part once everything is built, in the order of these calls, and stops it.
   *
   * @param stop run in the reverse order if the part was started, before anything is closed
   */
  void onStart(String name, Runnable start, Ending stop) {
    building();
    parts.add(new Part(name, start, stop));
  }

  private void building() {
    if (state.get() != State.BUILDING) {
      throw new IllegalStateException("parts are added while the others are built");
    }
  }

  private void start() {
    advance(State.BUILDING, State.STARTING);
    for (Part part : parts) {
      if (state.get() != State.STARTING) {
        break;
      }
      part.start().run();
      started.push(part);
    }
    advance(State.STARTING, State.RUNNING);
  }

  private void advance(State from, State to) {
    if (!state.compareAndSet(from, to)) {
      throw new CancellationException("it was stopped before it had started");
    }
  }

  State state() {
    return state.get();
  }

  /**
   * Stops and closes all parts, the last one first; returns when that is done, no matter who began
   * it. A start that is under way ends after its current part.
   */
  @Override
  public void close() {
    State before = state.getAndUpdate(now -> now == State.STOPPED ? State.STOPPED : State.STOPPING);
    if (before == State.RUNNING) {
      shutDown();
      return;
    }
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** For one thread. One that is interrupted closes the parts without stopping them first. */
  private void shutDown() {
    boolean interrupted = false;
    while (!started.isEmpty() && !interrupted) {
      interrupted = end(started.pop(), "stop", false);
    }
    while (!built.isEmpty()) {
      interrupted |= end(built.pop(), "close", true);
    }
    state.set(State.STOPPED);
    stopped.countDown();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends a part in a thread of its own, since a part may hang.
   *
   * @param patient whether to wait for the part even when this thread is interrupted
   * @return whether this thread was interrupted
   */
  private boolean end(Part part, String how, boolean patient) {
    FutureTask<Void> task =
        new FutureTask<>(() -> {
          part.end().run();
          return null;
        });
    Thread.ofPlatform().daemon().name(how + "-" + part.name()).start(task);
    boolean interrupted = false;
    while (true) {
      try {
        task.get(longestStep.toMillis(), TimeUnit.MILLISECONDS);
        return interrupted;
      } catch (ExecutionException e) {
        LOG.warn("{} did not {} cleanly", part.name(), how, e.getCause());
        return interrupted;
      } catch (TimeoutException e) {
        task.cancel(true);
        LOG.warn("{} did not {} within {} s", part.name(), how, longestStep.toSeconds());
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
        if (!patient) {
          task.cancel(true);
          return true;
        }
      }
    }
  }
}
