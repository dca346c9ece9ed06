package dev.bandmaster.engine.jobs;

import dev.bandmaster.backends.bus.RequestFactory;
import dev.bandmaster.bus.AgentBus;
import dev.bandmaster.bus.PublishResult;
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
 * Brings waves to the bus: sends until the broker confirms or the deadline is over. A wave keeps
 * its request's id, and nodes run an id once, so sending again after doubt does no harm.
 */
public final class Dispatcher implements WaveSender, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private static final String BROKEN =
      "Internal error while sending this to the nodes; retrying until the deadline. The bot's log"
          + " has the details.";

  private final AgentBus bus;
  private final JobEngine desk;
  private final Function<String, Set<String>> allIds;
  private final RequestFactory requests;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, Order> underway = new ConcurrentHashMap<>();
  private final ExecutorService tasks =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("dispatch-", 0).factory());

  /**
   * @param allIds the principals under which a person is known besides a given one; nodes may name
   *     the person by any of them
   */
  public Dispatcher(
      AgentBus bus,
      JobEngine desk,
      Function<String, Set<String>> allIds,
      String collective,
      InstantSource clock,
      RandomGenerator random) {
    this.allIds = allIds;
    this.bus = bus;
    this.desk = desk;
    this.requests = new RequestFactory(collective);
    this.clock = clock;
    this.random = random;
  }

  /**
   * A wave that is to be sent. Two of them are never equal: what is asked for again while an
   * earlier order comes to its end is another order, with a deadline of its own.
   */
  private static final class Order {
    final String seat;
    final Job job;
    final Wave wave;

    Order(String seat, Job job, Wave wave) {
      this.seat = seat;
      this.job = job;
      this.wave = wave;
    }
  }

  @Override
  public void send(String seat, Job job, Wave wave) {
    if (underway.put(wave.request(), new Order(seat, job, wave)) == null) {
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
      LOG.error("Request {} cannot be sent any more", request, e);
      throw e;
    }
  }

  private Order newest(String request) {
    return Objects.requireNonNull(underway.get(request), "a task keeps its request");
  }

  private void sendUntilConfirmed(String request) {
    Duration pause = SHORTEST_PAUSE;
    boolean reported = false;
    Order order = newest(request);
    while (clock.instant().isBefore(order.wave.deadline().orElse(Instant.MIN))
        && desk.isToBeSent(order.job.id(), request)) {
      try {
        PublishResult published = publish(order.seat, order.job, order.wave);
        if (tell(order.job, event(order.job, order.wave, published))
            && !isToBeRepeated(published)) {
          return;
        }
      } catch (RuntimeException e) {
        if (!reported) {
          LOG.error("A wave of job {} cannot be sent; trying again", order.job.number(), e);
        }
        reported = true;
        tell(order.job, new JobEvent.Delayed(request, BROKEN));
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

  private PublishResult publish(String seat, Job job, Wave wave) {
    Set<String> callerIds;
    try {
      callerIds = allIds.apply(job.asker().principal());
    } catch (StoreUnavailable away) {
      return new PublishResult.NotSent("The store is away. " + away.getMessage());
    }
    return bus.publish(requests.of(seat, job, wave, callerIds, clock.instant()));
  }

  private static boolean isToBeRepeated(PublishResult published) {
    return switch (published) {
      case PublishResult.Sent _, PublishResult.Unroutable _ -> false;
      case PublishResult.NotSent _, PublishResult.Unknown _ -> true;
    };
  }

  private static JobEvent event(Job job, Wave wave, PublishResult published) {
    return switch (published) {
      case PublishResult.Sent(List<String> absent) ->
          new JobEvent.Dispatched(wave.request(), absent);
      case PublishResult.Unroutable(String reason) ->
          new JobEvent.Unroutable(wave.request(), reason);
      case PublishResult.NotSent(String reason) -> delayed(job, wave, reason);
      case PublishResult.Unknown(String reason) -> delayed(job, wave, reason);
    };
  }

  private static JobEvent delayed(Job job, Wave wave, String reason) {
    LOG.warn("Job {} waits for the broker: {}", job.number(), reason);
    return new JobEvent.Delayed(
        wave.request(), "The broker is away; I keep trying until the deadline. " + reason);
  }

  /** Whether it is written down; if not, the wave is still to be sent, and is sent again. */
  private boolean tell(Job job, JobEvent event) {
    try {
      desk.happened(job.id(), event).join();
      return true;
    } catch (CompletionException e) {
      LOG.warn("What became of job {} could not be noted: {}", job.number(), e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    tasks.shutdownNow();
    tasks.close();
  }
}
