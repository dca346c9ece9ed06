package dev.bandmaster.engine.plugins;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls one plugin: in threads of its own, each call with a deadline, whatever it throws. Threads
 * that a plugin starts belong to its group and are found there. Safe for use by many threads.
 */
final class PluginCalls implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PluginCalls.class);

  /** Characters of what a plugin says about its own failure. */
  private static final int LONGEST_REASON = 300;

  /** Calls at the same time; a plugin that is so slow gets no more. */
  private static final int MOST_THREADS = 16;

  /** From the interrupt at the deadline to the verdict that a call never returns. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** Threads of the group that are looked at. */
  private static final int MOST_LISTED = 256;

  /** Lines of a stack trace in the log: where the plugin failed. */
  private static final int FRAMES = 4;

  private final Duration limit;
  private final PluginHealth health;
  private final ThreadGroup group;
  private final ThreadPoolExecutor threads;
  private final AtomicInteger active = new AtomicInteger();
  private final Set<Thread> reported = ConcurrentHashMap.newKeySet();
  private volatile Redaction redaction = Redaction.NONE;

  /**
   * Calls for one plugin.
   *
   * @param limit how long a call may take
   * @param loader context class loader of its threads
   */
  PluginCalls(String plugin, Duration limit, ClassLoader loader, PluginHealth health) {
    this.limit = limit;
    this.health = health;
    this.group = new ThreadGroup("plugin-" + plugin);
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            0,
            MOST_THREADS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread =
                  new Own(group, task, "plugin-" + plugin + "-" + number.incrementAndGet());
              thread.setContextClassLoader(loader);
              return thread;
            });
  }

  /** A thread of ours, not one that the plugin started. */
  private static final class Own extends Thread {
    Own(ThreadGroup group, Runnable task, String name) {
      super(group, task, name);
      setDaemon(true);
    }
  }

  PluginHealth health() {
    return health;
  }

  /** From now on these secrets are taken out of what is reported. */
  void redact(Redaction secrets) {
    redaction = secrets;
  }

  Redaction redaction() {
    return redaction;
  }

  /** Calls with the usual time limit. */
  <T> T call(String what, Callable<T> call) throws PluginFailure {
    return call(what, limit, call);
  }

  /**
   * Calls.
   *
   * @param what the rest of a sentence: "in describe()"
   * @throws PluginFailure however it failed; it has been counted
   */
  <T> T call(String what, Duration time, Callable<T> call) throws PluginFailure {
    CountDownLatch ended = new CountDownLatch(1);
    FutureTask<T> task =
        new FutureTask<>(() -> {
          try {
            return call.call();
          } finally {
            ended.countDown();
          }
        });
    active.incrementAndGet();
    try {
      threads.execute(task);
      T result = task.get(time.toMillis(), TimeUnit.MILLISECONDS);
      if (result == null) {
        throw failure(1, "returned null " + what);
      }
      return result;
    } catch (RejectedExecutionException e) {
      throw failure(1, "has %d calls under way and takes no more".formatted(MOST_THREADS));
    } catch (ExecutionException e) {
      throw failure(1, thrown(what, e));
    } catch (TimeoutException e) {
      task.cancel(true);
      throw late(what, time, ended);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new PluginFailure("was interrupted, since the bot stops");
    } finally {
      if (active.decrementAndGet() == 0) {
        reportLeakedThreads();
      }
    }
  }

  private PluginFailure failure(int weight, String how) {
    health.failed(weight, how);
    return new PluginFailure(how);
  }

  private String thrown(String what, ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    if (cause instanceof ScriptException || cause.getCause() instanceof ScriptException) {
      return redaction.text(String.valueOf(cause.getMessage()), LONGEST_REASON);
    }
    String trace =
        String.join(
            ", ",
            Arrays.stream(cause.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .toList());
    String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    LOG.warn(
        "A plugin failed {}: {} at {}", what, cause.getClass().getName(), redaction.text(trace));
    return "threw %s%s %s"
        .formatted(cause.getClass().getName(), redaction.text(message, LONGEST_REASON), what);
  }

  private PluginFailure late(String what, Duration time, CountDownLatch ended) {
    String how = "did not return within %d ms %s".formatted(time.toMillis(), what);
    boolean returned = false;
    try {
      returned = ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    PluginFailure failure = failure(2, how);
    if (!returned) {
      health.switchOff(
          how + ", and ignores being interrupted; its thread runs on until the bot" + " restarts");
    }
    return failure;
  }

  /** Threads that the plugin has started and that are still there when no call is under way. */
  private void reportLeakedThreads() {
    for (Thread thread : foreign()) {
      if (reported.add(thread)) {
        thread.interrupt();
        health.failed(
            1, "left the thread '%s' running".formatted(redaction.text(thread.getName(), 100)));
      }
    }
    reported.removeIf(thread -> !thread.isAlive());
  }

  private List<Thread> foreign() {
    Thread[] listed = new Thread[MOST_LISTED];
    int count = group.enumerate(listed, true);
    List<Thread> foreign = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (!(listed[i] instanceof Own) && listed[i].isAlive()) {
        foreign.add(listed[i]);
      }
    }
    return foreign;
  }

  /** Interrupts whatever of the plugin still runs; no call follows. */
  @Override
  public void close() {
    threads.shutdownNow();
    foreign().forEach(Thread::interrupt);
  }
}
