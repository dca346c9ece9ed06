package dev.bandmaster.engine.hooks;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Hooks;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.ItemGuard;
import dev.bandmaster.engine.clock.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs programs that have to be run, a few at a time. Any number of replicas may do so: a run
 * belongs to the one that claims it. It is forgotten after its end, however that was; a run whose
 * process ended with the bot is started again by a replica that runs. So each happens at least
 * once.
 */
public final class HookRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HookRunner.class);

  private static final Duration LOOK = Duration.ofMillis(500);

  /** At the same time, in this process. */
  static final int PARALLEL = 4;

  /** Beside a run's own time: for its end by force, and for the store. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  /** How runs ended. */
  public enum Result {
    OK,
    FAILED,
    TIMED_OUT
  }

  private final Map<String, Hook> hooks;
  private final Store store;
  private final String holder;
  private final InstantSource clock;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  /** Calls that cannot be begun, and calls whose run fails in the bot itself. */
  private final ItemGuard<String> beginnings;

  private final ItemGuard<String> runs;

  private final Map<Result, AtomicLong> results = new ConcurrentHashMap<>();
  private final Ticker ticker = new Ticker("hooks", LOOK, this::look);

  /**
   * A runner that is not started yet.
   *
   * @param holder the name of this replica
   */
  public HookRunner(List<Hook> hooks, Store store, String holder, InstantSource clock) {
    this.hooks = hooks.stream().collect(Collectors.toMap(Hook::name, Function.identity()));
    this.store = store;
    this.holder = holder;
    this.clock = clock;
    this.beginnings =
        ItemGuard.logging(LOG, "Starting hook call", clock, StoreUnavailable.class::isInstance);
    this.runs = ItemGuard.logging(LOG, "Hook call", clock, StoreUnavailable.class::isInstance);
  }

  /** Without hooks there is nothing to look for. */
  public void start() {
    if (!hooks.isEmpty()) {
      ticker.start();
    }
  }

  /** Begins what may begin. For the thread, and tests. */
  void look() {
    Instant now = clock.instant();
    try {
      int free = PARALLEL - running.size();
      if (free > 0) {
        int failing = beginnings.failing() + runs.failing();
        store.hooks().waiting(now, free + failing).stream()
            .filter(call -> !runs.isSkipped(call.id()))
            .filter(call -> !beginnings.isSkipped(call.id()))
            .limit(free)
            .forEach(call -> beginnings.run(call.id(), () -> begin(call, now)));
      }
    } catch (StoreUnavailable e) {
      LOG.warn("Cannot read hook calls: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("Reading hook calls failed unexpectedly; retrying", e);
    }
  }

  /** Waits for the runs that are under way. */
  void join() throws InterruptedException {
    for (Thread thread : running) {
      thread.join();
    }
  }

  private void begin(Hooks.Call call, Instant now) {
    Optional<Hook> hook = Optional.ofNullable(hooks.get(call.hook()));
    Duration lease = hook.map(Hook::timeout).orElse(Duration.ZERO).plus(MARGIN);
    if (!store.hooks().claim(call, holder, now, lease)) {
      return;
    }
    if (hook.isEmpty()) {
      LOG.warn("The hook {} is no longer configured; not run", call.hook());
      forget(call);
      return;
    }
    Thread thread =
        Thread.ofVirtual()
            .name("hook-" + call.hook())
            .unstarted(() -> {
              try {
                run(hook.get(), call);
              } finally {
                running.remove(Thread.currentThread());
              }
            });
    running.add(thread);
    thread.start();
  }

  private void run(Hook hook, Hooks.Call call) {
    try {
      runs.run(call.id(), () -> runToItsEnd(hook, call));
    } catch (StoreUnavailable e) {
      LOG.warn(
          "The result of {} cannot be recorded; it runs again: {}", hook.name(), e.getMessage());
    }
  }

  private void runToItsEnd(Hook hook, Hooks.Call call) {
    try {
      note(hook, call, HookProcess.run(hook.command(), call.event() + "\n", hook.timeout()));
      forget(call);
    } catch (InterruptedException e) {
      // The bot stops; the next process runs it again.
      Thread.currentThread().interrupt();
    }
  }

  private void note(Hook hook, Hooks.Call call, HookProcess.End end) {
    switch (end) {
      case HookProcess.End.Exited(int status, String output) when status == 0 -> {
        count(Result.OK);
        LOG.info("{} ran for {}: {}", hook.name(), call.event(), said(output));
      }
      case HookProcess.End.Exited(int status, String output) -> {
        count(Result.FAILED);
        LOG.warn(
            "{} ended with status {} for {}: {}", hook.name(), status, call.event(), said(output));
      }
      case HookProcess.End.TimedOut(String output) -> {
        count(Result.TIMED_OUT);
        LOG.warn(
            "{} was killed after {} s for {}: {}",
            hook.name(),
            hook.timeout().toSeconds(),
            call.event(),
            said(output));
      }
      case HookProcess.End.NotStarted(String reason) -> {
        count(Result.FAILED);
        LOG.warn("{} could not be started for {}: {}", hook.name(), call.event(), reason);
      }
    }
  }

  private static String said(String output) {
    return output.isEmpty() ? "it printed nothing" : output;
  }

  private void count(Result result) {
    results.computeIfAbsent(result, fresh -> new AtomicLong()).incrementAndGet();
  }

  /** How many runs of this process ended so since the start. */
  public long ended(Result result) {
    AtomicLong count = results.get(result);
    return count == null ? 0 : count.get();
  }

  private void forget(Hooks.Call call) {
    store.commit(new Change.HookFinished(call.id(), holder));
  }

  /** Runs that are under way are ended. */
  @Override
  public void close() {
    ticker.close();
    running.forEach(Thread::interrupt);
  }
}
