package dev.bandmaster.engine.addresses;

import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.GroupKey;
import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.core.backend.BackendListener;
import dev.bandmaster.core.backend.BackendState;
import dev.bandmaster.core.backend.Capabilities;
import dev.bandmaster.core.backend.DispatchResult;
import dev.bandmaster.core.backend.ExecutionBackend;
import dev.bandmaster.core.backend.WaveDispatch;
import dev.bandmaster.core.fleet.Severity;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.core.store.LeaseLost;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.model.Boots;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attaches addresses of the bot's own pools. Nothing is sent to anybody: the bot runs the program.
 * The same request may be carried out again, by this process or another one, since a machine gets
 * the same address again.
 */
public final class AddressBackend implements ExecutionBackend {
  private static final Logger LOG = LoggerFactory.getLogger(AddressBackend.class);

  /** Its name, by which jobs remember it. */
  public static final String NAME = "addresses";

  /** In the data of a target's end: an alert about it is raised already. */
  public static final String ALERTED = "alerted";

  private static final Capabilities CAPABILITIES =
      new Capabilities(false, false, false, false, false, true);

  /** Programs at the same time; each is a process of its own. */
  private static final int PARALLEL = 8;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** The bot's own sentence about silence says less than what is known here. */
  private static final Duration BEFORE_THE_DEADLINE = Duration.ofSeconds(3);

  private final AddressAllocator allocator;
  private final AddressPrograms programs;
  private final Store store;
  private final String collective;
  private final Duration quiet;
  private final InstantSource clock;
  private final String boot;
  private final AtomicLong sequence = new AtomicLong();
  private final Semaphore places = new Semaphore(PARALLEL);
  private final Map<String, Task> running = new ConcurrentHashMap<>();
  private final ExecutorService tasks =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("address-", 0).factory());
  private final Instant started;
  private volatile @Nullable BackendListener listener;

  /**
   * A backend that does nothing before it is given work.
   *
   * @param collective the fleet, for alerts
   * @param quiet after how long an alert about a missing address is over
   */
  public AddressBackend(
      AddressSettings settings,
      Store store,
      String collective,
      Duration quiet,
      InstantSource clock,
      RandomGenerator random) {
    this.allocator = new AddressAllocator(settings, store, clock);
    this.programs = new AddressPrograms(settings);
    this.store = store;
    this.collective = collective;
    this.quiet = quiet;
    this.clock = clock;
    this.boot = Boots.id(Math.max(clock.millis(), 0), random);
    this.started = clock.instant();
  }

  /** A wave that is being carried out. */
  private static final class Task {
    final WaveDispatch wave;
    volatile boolean cancelled;
    volatile boolean stopped;
    volatile @Nullable Thread thread;

    Task(WaveDispatch wave) {
      this.wave = wave;
    }

    void stop() {
      stopped = true;
      Thread at = thread;
      if (at != null) {
        at.interrupt();
      }
    }
  }

  /** What a machine asks for. */
  private record Wanted(String environment, String role, String instance) {
    static Wanted of(WaveDispatch wave) {
      Data.Fields given = wave.job().work().arguments();
      return new Wanted(text(given, "environment"), text(given, "role"), text(given, "instance"));
    }

    private static String text(Data.Fields given, String name) {
      return given.get(name).text().orElse("");
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public void start(BackendListener newListener) {
    listener = newListener;
  }

  @Override
  public DispatchResult dispatch(WaveDispatch wave) {
    begin(wave);
    return new DispatchResult.Sent(List.of(), Optional.of(NAME));
  }

  @Override
  public void resume(WaveDispatch wave, String handle) {
    begin(wave);
  }

  /** What waits is not begun; a program that runs comes to its end, which is reported. */
  @Override
  public DispatchResult cancel(WaveDispatch cancel, String request) {
    Task task = running.get(request);
    if (task != null) {
      task.cancelled = true;
    }
    return new DispatchResult.Unroutable(
        "An address that is being attached cannot be stopped. To give it back, use the command that releases addresses.");
  }

  private void begin(WaveDispatch wave) {
    Task task = new Task(wave);
    if (running.putIfAbsent(wave.wave().request(), task) != null) {
      return;
    }
    tasks.execute(() -> {
      task.thread = Thread.currentThread();
      try {
        places.acquire();
        try {
          report(task, attach(task));
        } finally {
          places.release();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (LeaseLost lost) {
        LOG.info("Another process goes on with job {}", wave.job().number());
      } catch (RuntimeException e) {
        LOG.error("Job {} cannot attach its address", wave.job().number(), e);
      } finally {
        running.remove(wave.wave().request(), task);
      }
    });
  }

  private ReportBody.Final attach(Task task) throws InterruptedException {
    Wanted wanted = Wanted.of(task.wave);
    Instant deadline = task.wave.wave().deadline().orElse(Instant.MAX).minus(BEFORE_THE_DEADLINE);
    String waiting = "The store cannot be asked.";
    while (true) {
      if (task.cancelled) {
        return end(FinalCode.CANCELLED, "Cancelled before an address was chosen.", Data.none());
      }
      if (!clock.instant().isBefore(deadline)) {
        return end(FinalCode.TIMEOUT, "No address in time. " + waiting, Data.none());
      }
      try {
        switch (allocator.choose(wanted.environment(), wanted.role(), wanted.instance())) {
          case AddressAllocator.Choice.Chosen(var assignment) -> {
            Optional<String> problem = programs.attach(assignment);
            if (problem.isPresent()) {
              allocator.failed(assignment);
              return end(
                  FinalCode.FAILED,
                  "The program could not attach %s: %s. The address is taken back."
                      .formatted(assignment.address(), problem.get()),
                  Data.none());
            }
            allocator.attached(assignment);
            return end(
                FinalCode.OK,
                assignment.address() + " is attached.",
                Data.Fields.EMPTY.with("address", assignment.address()));
          }
          case AddressAllocator.Choice.GivingBack(String address) ->
              waiting = "Its earlier address %s is still being given back.".formatted(address);
          case AddressAllocator.Choice.NoneFree(int size) -> {
            return noneFree(wanted, size);
          }
        }
      } catch (StoreUnavailable away) {
        LOG.warn("Cannot choose an address yet: {}", away.getMessage());
      }
      Thread.sleep(PAUSE);
    }
  }

  private ReportBody.Final noneFree(Wanted wanted, int size) {
    String pool = "%s in %s".formatted(wanted.role(), wanted.environment());
    Instant now = clock.instant();
    store.commit(
        new Change.RecordSignal(
            Ids.next(now),
            new Signal.Fired(
                new GroupKey("no_address", collective, wanted.environment(), wanted.role()),
                Optional.of("No free address for " + pool),
                Alert.of(
                        "no_address:%s:%s:%s"
                            .formatted(wanted.environment(), wanted.role(), wanted.instance()),
                        Severity.CRITICAL,
                        wanted.instance(),
                        "has no address: all %d of %s are taken".formatted(size, pool),
                        "",
                        now)
                    .on(List.of(wanted.role()))
                    .overAfter(quiet))));
    return end(
        FinalCode.FAILED,
        "No address is free: all %d of %s are taken.".formatted(size, pool),
        Data.Fields.EMPTY.with(ALERTED, true));
  }

  private static ReportBody.Final end(FinalCode code, String sentence, Data data) {
    return new ReportBody.Final(code, sentence, null, data);
  }

  /** Reports until it is taken; what cannot be stored now is said again. */
  private void report(Task task, ReportBody.Final end) throws InterruptedException {
    WaveDispatch wave = task.wave;
    List<TargetReport> reports =
        wave.wave().nodes().stream()
            .map(node ->
                new TargetReport(
                    wave.wave().request(),
                    node,
                    boot,
                    sequence.incrementAndGet(),
                    clock.instant(),
                    end))
            .toList();
    while (!task.stopped) {
      BackendListener to = listener;
      try {
        if (to != null) {
          to.reports(wave.lease(), reports);
          return;
        }
      } catch (LeaseLost lost) {
        throw lost;
      } catch (RuntimeException e) {
        LOG.warn("The end of job {} cannot be stored yet: {}", wave.job().number(), e.getMessage());
      }
      Thread.sleep(PAUSE);
    }
  }

  /** Waves of a lease are carried out from {@link #dispatch} and {@link #resume} on. */
  @Override
  public void acquire(String lease) {}

  @Override
  public void release(String lease) {
    running.values().stream().filter(task -> task.wave.lease().equals(lease)).forEach(Task::stop);
  }

  @Override
  public BackendState state() {
    return new BackendState.Connected(started);
  }

  @Override
  public void close() {
    running.values().forEach(Task::stop);
    tasks.shutdownNow();
    tasks.close();
  }
}
