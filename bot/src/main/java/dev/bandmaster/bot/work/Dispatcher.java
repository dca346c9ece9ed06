package dev.bandmaster.bot.work;

import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.job.JobEvent;
import dev.bandmaster.bot.job.JobStatus;
import dev.bandmaster.bus.AgentBus;
import dev.bandmaster.bus.Published;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.Request;
import dev.bandmaster.wire.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings queued jobs to the bus: sends until the broker confirms or the deadline is over. The
 * request's id is the job's, and nodes run an id once, so sending again after doubt does no harm.
 */
public final class Dispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final AgentBus bus;
  private final JobDesk desk;
  private final String sender;
  private final String collective;
  private final InstantSource clock;
  private final ExecutorService tasks =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("dispatch-", 0).factory());

  public Dispatcher(
      AgentBus bus, JobDesk desk, String sender, String collective, InstantSource clock) {
    this.bus = bus;
    this.desk = desk;
    this.sender = sender;
    this.collective = collective;
    this.clock = clock;
  }

  /** Sends a queued job, in the background. */
  public void dispatch(Job job) {
    tasks.execute(() -> sendUntilConfirmed(job));
  }

  private void sendUntilConfirmed(Job job) {
    Duration pause = SHORTEST_PAUSE;
    while (clock.instant().isBefore(job.deadline()) && isQueued(job)) {
      switch (bus.publish(request(job))) {
        case Published.Sent(List<String> absent) -> {
          desk.apply(job.id(), new JobEvent.Dispatched(absent));
          return;
        }
        case Published.Unroutable(String reason) -> {
          desk.apply(job.id(), new JobEvent.Unroutable(reason));
          return;
        }
        case Published.NotSent(String reason) -> delay(job, reason);
        case Published.Unknown(String reason) -> delay(job, reason);
      }
      try {
        Thread.sleep(pause.plusMillis(ThreadLocalRandom.current().nextLong(100)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      pause = pause.multipliedBy(2);
      if (pause.compareTo(LONGEST_PAUSE) > 0) {
        pause = LONGEST_PAUSE;
      }
    }
  }

  private boolean isQueued(Job job) {
    return desk.find(job.id())
        .map(found -> found.state().status() == JobStatus.QUEUED)
        .orElse(false);
  }

  private void delay(Job job, String reason) {
    LOG.warn("Job {} waits for the broker: {}", job.number(), reason);
    desk.apply(
        job.id(),
        new JobEvent.Delayed("The broker is away; I keep trying until the deadline. " + reason));
  }

  private Request request(Job job) {
    Instant now = clock.instant();
    Duration left = Duration.between(now, job.deadline());
    return new Request(
        job.id(),
        job.id(),
        now,
        left.compareTo(Request.SHORTEST_TTL) < 0 ? Request.SHORTEST_TTL : left,
        job.deadline(),
        sender,
        new Caller(
            job.asker().principal(),
            job.askerName(),
            job.place().channel(),
            job.groups().stream().map(id -> "group:" + id).toList(),
            List.of()),
        collective,
        target(job.work().reach()),
        job.work().capability(),
        job.work().action(),
        job.work().arguments(),
        Delivery.LIVE,
        bus.replyTo(),
        "job-" + job.number());
  }

  private static Target target(Reach reach) {
    return switch (reach) {
      case Reach.Frozen(List<String> nodes) -> new Target.Nodes(nodes);
      case Reach.Broadcast(String environment, String filter, List<String> _) ->
          new Target.Broadcast(environment, filter);
    };
  }

  @Override
  public void close() {
    tasks.shutdownNow();
    tasks.close();
  }
}
