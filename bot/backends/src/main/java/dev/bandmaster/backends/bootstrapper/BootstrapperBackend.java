package dev.bandmaster.backends.bootstrapper;

import dev.bandmaster.bootstrapper.BootstrapperClient;
import dev.bandmaster.bootstrapper.HostStats;
import dev.bandmaster.bootstrapper.JobResult;
import dev.bandmaster.bootstrapper.Submission;
import dev.bandmaster.core.backend.BackendListener;
import dev.bandmaster.core.backend.BackendState;
import dev.bandmaster.core.backend.Capabilities;
import dev.bandmaster.core.backend.DispatchResult;
import dev.bandmaster.core.backend.ExecutionBackend;
import dev.bandmaster.core.backend.WaveDispatch;
import dev.bandmaster.core.store.LeaseLost;
import dev.bandmaster.model.Backoff;
import dev.bandmaster.model.Boots;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bootstrapper that does the work of one environment. */
public final class BootstrapperBackend implements ExecutionBackend {
  private static final Logger LOG = LoggerFactory.getLogger(BootstrapperBackend.class);

  private static final Capabilities CAPABILITIES =
      new Capabilities(false, false, false, false, false, false);

  /** The bot's own sentence about silence says less than what is known here. */
  private static final Duration BEFORE_THE_DEADLINE = Duration.ofSeconds(3);

  private static final int MOST_REPORTS = 500;

  private final String name;
  private final String address;
  private final BootstrapperClient client;
  private final ServiceRequests requests;
  private final ServiceHealth health;
  private final Backoff pace;
  private final InstantSource clock;
  private final String boot;
  private final AtomicLong sequence = new AtomicLong();
  private final Map<String, Watched> watched = new ConcurrentHashMap<>();
  private final Map<String, String> doubts = new ConcurrentHashMap<>();
  private final ExecutorService tasks;
  private volatile @Nullable BackendListener listener;

  /**
   * A backend; nothing is sent before it is started.
   *
   * @param environment the environment that it serves; jobs remember the backend by it
   * @param known the environment's name as the service knows it
   * @param address the service's address, for sentences
   */
  public BootstrapperBackend(
      String environment,
      String known,
      String address,
      BootstrapperClient client,
      InstantSource clock,
      RandomGenerator random) {
    this(environment, known, address, client, Polling.PACE, clock, random);
  }

  BootstrapperBackend(
      String environment,
      String known,
      String address,
      BootstrapperClient client,
      Backoff pace,
      InstantSource clock,
      RandomGenerator random) {
    this.name = "bootstrapper-" + environment;
    this.address = address;
    this.client = client;
    this.requests = new ServiceRequests(client, known);
    this.health = new ServiceHealth(name, client, clock);
    this.pace = pace;
    this.clock = clock;
    this.boot = Boots.id(Math.max(clock.millis(), 0), random);
    this.tasks =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("bootstrapper-poll-", 0).factory());
  }

  /** A wave whose end is still to be reported. */
  private static final class Watched {
    final WaveDispatch wave;
    volatile boolean stopped;
    volatile @Nullable Thread thread;

    Watched(WaveDispatch wave) {
      this.wave = wave;
    }

    void stop() {
      stopped = true;
      Thread running = thread;
      if (running != null) {
        running.interrupt();
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public void start(BackendListener newListener) {
    listener = newListener;
    health.start(newListener::stateChanged);
  }

  @Override
  public DispatchResult dispatch(WaveDispatch wave) {
    Optional<Supplier<Submission>> request = requests.of(wave.job().work());
    if (request.isEmpty()) {
      return new DispatchResult.Unroutable("The bootstrapper cannot do this kind of work.");
    }
    Submission answer;
    try {
      answer = request.get().get();
    } catch (RuntimeException e) {
      LOG.error("Job {} could not be sent to {}", wave.job().number(), name, e);
      answer = new Submission.Unknown("Internal error while sending; the bot's log has it.");
    }
    return switch (answer) {
      case Submission.Accepted(String job) -> sent(wave, new Handle.Job(job));
      case Submission.Outcome(boolean good, String text) ->
          sent(wave, new Handle.Outcome(good, text));
      case Submission.NotSent(String reason) -> new DispatchResult.NotSent(reason);
      case Submission.Unknown(String reason) -> {
        doubts.put(wave.wave().request(), reason);
        yield new DispatchResult.Unknown(reason);
      }
    };
  }

  private DispatchResult sent(WaveDispatch wave, Handle handle) {
    follow(wave, handle);
    return new DispatchResult.Sent(List.of(), Optional.of(handle.write()));
  }

  /** Work cannot be stopped there. What can be stopped is to wait for it. */
  @Override
  public DispatchResult cancel(WaveDispatch cancel, String request) {
    Watched before = watched.get(request);
    if (before != null) {
      before.stop();
      begin(
          before.wave,
          now ->
              reportAll(
                  now,
                  FinalCode.CANCELLED,
                  "The bootstrapper cannot stop what it has begun: the work goes on, and the bot no longer waits for it."));
    }
    return new DispatchResult.Unroutable("The bootstrapper cannot stop what it has begun.");
  }

  @Override
  public void resume(WaveDispatch wave, String handle) {
    Handle.read(handle).ifPresentOrElse(found -> follow(wave, found), () -> uncertain(wave));
  }

  @Override
  public void uncertain(WaveDispatch wave) {
    String reason =
        Optional.ofNullable(doubts.remove(wave.wave().request()))
            .orElse("The bot ended while it sent this.");
    begin(
        wave,
        now ->
            reportAll(
                now,
                FinalCode.LOST,
                "Unknown: it may run. %s It is not sent again, since it could run twice. To find out, look at the queue and the log of the bootstrapper at %s; if it did not run, type the command again."
                    .formatted(reason, address)));
  }

  private void follow(WaveDispatch wave, Handle handle) {
    switch (handle) {
      case Handle.Outcome(boolean good, String text) ->
          begin(wave, now -> reportAll(now, good ? FinalCode.OK : FinalCode.FAILED, text));
      case Handle.Job(String job) -> begin(wave, now -> poll(now, job));
    }
  }

  /** What is done about a wave until its end is reported. */
  @FunctionalInterface
  private interface Task {
    void run(Watched watched) throws InterruptedException;
  }

  /** Begins to do something about a wave, unless the same is done already. */
  private void begin(WaveDispatch wave, Task task) {
    String request = wave.wave().request();
    Watched next = new Watched(wave);
    Watched running = watched.computeIfPresent(request, (id, old) -> old.stopped ? next : old);
    if (running == null) {
      running = watched.computeIfAbsent(request, id -> next);
    }
    if (running != next) {
      return;
    }
    tasks.execute(() -> {
      next.thread = Thread.currentThread();
      try {
        task.run(next);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (LeaseLost lost) {
        LOG.info("Another process goes on with job {}", wave.job().number());
      } catch (RuntimeException e) {
        LOG.error("Job {} is no longer followed at {}", wave.job().number(), name, e);
      } finally {
        watched.remove(request, next);
      }
    });
  }

  private void poll(Watched of, String job) throws InterruptedException {
    Instant now = clock.instant();
    Instant deadline = of.wave.wave().deadline().orElse(now).minus(BEFORE_THE_DEADLINE);
    Polling.Next.Ask ask = Polling.of(job, deadline).first(pace, now);
    while (!of.stopped) {
      sleepUntil(ask.at());
      JobResult answer = client.result(job);
      if (of.stopped) {
        return;
      }
      switch (ask.state().next(answer, pace, clock.instant())) {
        case Polling.Next.Ask again -> {
          if (again.progress().isPresent()) {
            report(of, all(of, new ReportBody.Progress(again.progress().get(), "")));
          }
          ask = again;
        }
        case Polling.Next.Counted(Map<String, HostStats> hosts) -> {
          report(of, HostReports.of(of.wave.job().work().reach(), hosts));
          return;
        }
        case Polling.Next.Ended(FinalCode code, String sentence) -> {
          reportAll(of, code, sentence + " Its result is at " + address + ".");
          return;
        }
      }
    }
  }

  private void sleepUntil(Instant at) throws InterruptedException {
    Duration left = Duration.between(clock.instant(), at);
    if (left.isPositive()) {
      Thread.sleep(left);
    }
  }

  private void reportAll(Watched of, FinalCode code, String sentence) throws InterruptedException {
    report(of, all(of, HostReports.end(code, sentence)));
  }

  private static List<HostReports.Said> all(Watched of, ReportBody body) {
    return of.wave.wave().nodes().stream().map(node -> new HostReports.Said(node, body)).toList();
  }

  /** Reports until it is taken; what cannot be stored now is said again. */
  private void report(Watched of, List<HostReports.Said> said) throws InterruptedException {
    List<TargetReport> reports = new ArrayList<>();
    for (HostReports.Said one : said) {
      reports.add(
          new TargetReport(
              of.wave.wave().request(),
              one.name(),
              boot,
              sequence.incrementAndGet(),
              clock.instant(),
              one.body()));
    }
    for (int from = 0; from < reports.size(); from += MOST_REPORTS) {
      deliver(of, reports.subList(from, Math.min(from + MOST_REPORTS, reports.size())));
    }
  }

  private void deliver(Watched of, List<TargetReport> batch) throws InterruptedException {
    for (int failures = 0; !of.stopped; failures++) {
      BackendListener to = listener;
      try {
        if (to != null) {
          to.reports(of.wave.lease(), batch);
          return;
        }
      } catch (LeaseLost lost) {
        throw lost;
      } catch (RuntimeException e) {
        LOG.warn(
            "A report about job {} cannot be stored yet: {}",
            of.wave.job().number(),
            e.getMessage());
      }
      Thread.sleep(pace.whole(failures));
    }
  }

  /** Waves of a lease are followed from {@link #dispatch} and {@link #resume} on. */
  @Override
  public void acquire(String lease) {}

  @Override
  public void release(String lease) {
    watched.values().stream().filter(one -> one.wave.lease().equals(lease)).forEach(Watched::stop);
  }

  @Override
  public BackendState state() {
    return health.state();
  }

  @Override
  public void close() {
    health.stop();
    watched.values().forEach(Watched::stop);
    tasks.shutdownNow();
    tasks.close();
  }
}
