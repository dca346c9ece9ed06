package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.backend.Backends;
import dev.bandmaster.core.backend.DispatchResult;
import dev.bandmaster.core.backend.ExecutionBackend;
import dev.bandmaster.core.backend.WaveDispatch;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.core.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings waves to the backends of their jobs: sends until the backend confirms or the deadline is
 * over. A wave keeps its request's id, so a backend that runs an id once may be sent it again after
 * doubt; any other backend is not.
 */
public final class Dispatcher implements WaveSender, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private static final String BROKEN =
      "Internal error while sending this to the nodes; retrying until the deadline. The bot's log"
          + " has the details.";

  private final Backends backends;
  private final JobEngine engine;
  private final Function<String, Set<String>> allIds;
  private final Function<Job, List<String>> approvers;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, Order> underway = new ConcurrentHashMap<>();
  private final ExecutorService tasks =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("dispatch-", 0).factory());

  /**
   * @param allIds the principals under which a person is known besides a given one; nodes may name
   *     the person by any of them
   * @param approvers who approved a job, see {@link Approvers}
   */
  public Dispatcher(
      Backends backends,
      JobEngine jobs,
      Function<String, Set<String>> allIds,
      Function<Job, List<String>> approvers,
      InstantSource clock,
      RandomGenerator random) {
    this.backends = backends;
    this.engine = jobs;
    this.allIds = allIds;
    this.approvers = approvers;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A wave that is to be sent. Two of them are never equal: what is asked for again while an
   * earlier order comes to its end is another order, with a deadline of its own.
   */
  private static final class Order {
    final String lease;
    final Job job;
    final Wave wave;

    Order(String lease, Job job, Wave wave) {
      this.lease = lease;
      this.job = job;
      this.wave = wave;
    }
  }

  @Override
  public void send(String lease, Job job, Wave wave) {
    if (underway.put(wave.request(), new Order(lease, job, wave)) == null) {
      tasks.execute(() -> sendAll(wave.request()));
    }
  }

  /** Sends until no newer order for the same request has come in. */
  private void sendAll(String request) {
    try {
      Order order;
      do {
        order = newest(request);
        sendUntilConfirmed(request);
      } while (!tasks.isShutdown() && !underway.remove(request, order));
    } catch (RuntimeException | Error e) {
      underway.remove(request);
      LOG.error("Request {} can no longer be sent", request, e);
      throw e;
    }
  }

  private Order newest(String request) {
    return Objects.requireNonNull(underway.get(request), "a task keeps its request");
  }

  private void sendUntilConfirmed(String request) {
    Duration pause = SHORTEST_PAUSE;
    boolean reported = false;
    Optional<Outcome> settled = Optional.empty();
    Order order = newest(request);
    while (clock.instant().isBefore(order.wave.deadline().orElse(Instant.MIN))
        && engine.isToBeSent(order.job.id(), request)) {
      try {
        Outcome outcome = settled.isPresent() ? settled.get() : outcome(order);
        settled = Optional.of(outcome).filter(Outcome::isFinal);
        if (report(order.job, outcome.event()) && !(outcome.event() instanceof JobEvent.Delayed)) {
          outcome.after().run();
          return;
        }
      } catch (RuntimeException e) {
        if (!reported) {
          LOG.error("A wave of job {} could not be sent; retrying", order.job.number(), e);
        }
        reported = true;
        report(order.job, new JobEvent.Delayed(request, BROKEN));
      }
      try {
        Thread.sleep(pause.plusMillis(random.nextLong(pause.toMillis() / 4)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      order = newest(request);
    }
  }

  /**
   * What came of sending once.
   *
   * @param isFinal whether the wave must not be sent again, even where this cannot be recorded
   * @param after is done once it is recorded
   */
  private record Outcome(JobEvent event, boolean isFinal, Runnable after) {
    static Outcome of(JobEvent event) {
      return new Outcome(event, false, () -> {});
    }
  }

  private Outcome outcome(Order order) {
    String request = order.wave.request();
    Optional<ExecutionBackend> backend = backends.named(order.job.backend());
    if (backend.isEmpty()) {
      return Outcome.of(
          new JobEvent.Unroutable(
              request,
              "The backend '%s' of this job is no longer configured."
                  .formatted(order.job.backend())));
    }
    WaveDispatch sent;
    try {
      Set<String> ids = allIds.apply(order.job.asker().principal());
      sent = new WaveDispatch(order.lease, order.job, order.wave, ids, approvers.apply(order.job));
    } catch (StoreUnavailable away) {
      return Outcome.of(
          new JobEvent.Delayed(request, "The database is unavailable. " + away.getMessage()));
    }
    Optional<WaveDispatch> assigned = assigned(sent, backend.get());
    return assigned
        .map(wave -> outcome(wave, backend.get()))
        .orElseGet(() ->
            Outcome.of(new JobEvent.Delayed(request, "Who carries this out could not be stored.")));
  }

  /**
   * The same wave with what its backend has chosen, which is stored before it is sent: the wave
   * goes nowhere else when it is sent again. Empty if it cannot be stored.
   */
  private Optional<WaveDispatch> assigned(WaveDispatch sent, ExecutionBackend backend) {
    Wave wave = sent.wave();
    if (wave.kind() != Wave.Kind.WORK || backend.capabilities().knowsTargets()) {
      return Optional.of(sent);
    }
    WaveDispatch stored = stored(sent);
    Optional<String> chosen =
        stored.wave().handle().isPresent() ? Optional.empty() : backend.choose(stored);
    if (chosen.isEmpty()) {
      return Optional.of(stored);
    }
    report(sent.job(), new JobEvent.Assigned(wave.request(), chosen.get()));
    return Optional.of(stored(sent)).filter(one -> one.wave().handle().isPresent());
  }

  /** The wave as it is stored by now. */
  private WaveDispatch stored(WaveDispatch sent) {
    Job job = engine.find(sent.job().id()).orElse(sent.job());
    return job.state().waves().stream()
        .filter(wave -> wave.request().equals(sent.wave().request()))
        .findFirst()
        .map(wave ->
            new WaveDispatch(sent.lease(), job, wave, sent.requesterIds(), sent.approvedBy()))
        .orElse(sent);
  }

  private static Outcome outcome(WaveDispatch sent, ExecutionBackend backend) {
    String request = sent.wave().request();
    boolean once = !backend.capabilities().repeatable();
    return switch (result(sent, backend)) {
      case DispatchResult.Sent(var absent, var handle) ->
          new Outcome(new JobEvent.Dispatched(request, absent, handle), once, () -> {});
      case DispatchResult.Unroutable(String reason) ->
          Outcome.of(new JobEvent.Unroutable(request, reason));
      case DispatchResult.NotSent(String reason) -> Outcome.of(delayed(sent, reason));
      case DispatchResult.Unknown(String reason) when once -> {
        LOG.warn("Job {} may run or not: {}", sent.job().number(), reason);
        // Sending it again could run it twice.
        yield new Outcome(
            new JobEvent.Dispatched(request, List.of()), true, () -> backend.uncertain(sent));
      }
      case DispatchResult.Unknown(String reason) -> Outcome.of(delayed(sent, reason));
    };
  }

  private static DispatchResult result(WaveDispatch sent, ExecutionBackend backend) {
    return switch (sent.wave().kind()) {
      case WORK, CHECK -> backend.dispatch(sent);
      case CANCEL -> backend.cancel(sent, sent.job().lastWorkBefore(sent.wave()));
    };
  }

  private static JobEvent delayed(WaveDispatch sent, String reason) {
    LOG.warn("Job {} cannot be dispatched yet: {}", sent.job().number(), reason);
    return new JobEvent.Delayed(
        sent.wave().request(), reason + " Trying again until the deadline.");
  }

  /** A backend that would run it twice is not sent what an earlier process may have sent. */
  @Override
  public void recover(String lease, Job job, Wave wave) {
    Optional<ExecutionBackend> once =
        backends.named(job.backend()).filter(backend -> !backend.capabilities().repeatable());
    if (once.isEmpty() || underway.containsKey(wave.request())) {
      send(lease, job, wave);
      return;
    }
    tasks.execute(() -> {
      if (report(job, new JobEvent.Dispatched(wave.request(), List.of()))) {
        once.get().uncertain(new WaveDispatch(lease, job, wave, Set.of()));
      }
    });
  }

  @Override
  public void resume(String lease, Job job, Wave wave) {
    backends
        .named(job.backend())
        .ifPresent(backend -> {
          WaveDispatch sent = new WaveDispatch(lease, job, wave, Set.of());
          if (wave.handle().isPresent()) {
            backend.resume(sent, wave.handle().get());
          } else if (!backend.capabilities().repeatable()) {
            backend.uncertain(sent);
          }
        });
  }

  /** Whether it is written down; if not, the wave is still to be sent, and is sent again. */
  private boolean report(Job job, JobEvent event) {
    try {
      engine.happened(job.id(), event).join();
      return true;
    } catch (CompletionException e) {
      LOG.warn("The outcome of job {} could not be recorded: {}", job.number(), e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    tasks.shutdownNow();
    tasks.close();
  }
}
