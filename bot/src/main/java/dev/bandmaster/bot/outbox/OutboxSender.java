package dev.bandmaster.bot.outbox;

import dev.bandmaster.bot.chat.Chat;
import dev.bandmaster.bot.chat.Chat.Sent;
import dev.bandmaster.bot.chat.Pace;
import dev.bandmaster.bot.store.Change.Urgency;
import dev.bandmaster.bot.store.Outbox;
import dev.bandmaster.bot.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Slack show what the outbox wants. One thread looks for what is due; each sending is a task
 * of its own, and no item is sent by two of them at once, so its versions arrive in order.
 */
public final class OutboxSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxSender.class);

  /** Looked at per round: more than Slack lets through in a minute. */
  private static final int ROUND = 500;

  /** Sendings at the same time: a slow upload must not hold up an answer. */
  private static final int PARALLEL = 16;

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(2);

  /** The longest sleep between two looks; only the safety net behind {@link #wake}. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(5);

  private final Outbox outbox;
  private final Chat chat;
  private final Pace pace;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Set<String> inFlight = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> heldUntil = new ConcurrentHashMap<>();
  private final Semaphore news = new Semaphore(0);
  private final Semaphore free = new Semaphore(PARALLEL);
  private final ExecutorService tasks =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("outbox-send-", 0).factory());
  private final Thread loop = Thread.ofVirtual().name("outbox").unstarted(this::run);
  private volatile boolean running = true;

  public OutboxSender(
      Outbox outbox, Chat chat, Pace pace, InstantSource clock, RandomGenerator random) {
    this.outbox = outbox;
    this.chat = chat;
    this.pace = pace;
    this.clock = clock;
    this.random = random;
  }

  public void start() {
    loop.start();
  }

  /** Says that there may be something to send. */
  public void wake() {
    news.release();
  }

  private void run() {
    while (running) {
      Duration sleep = LONGEST_SLEEP;
      try {
        sleep = round();
      } catch (StoreUnavailable e) {
        LOG.warn("The outbox cannot be read; trying again: {}", e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.error("A look at the outbox failed unexpectedly; trying again", e);
      }
      try {
        if (news.tryAcquire(Math.max(sleep.toMillis(), 1), TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Starts what may be sent and says how long to sleep. */
  private Duration round() throws InterruptedException {
    Instant now = clock.instant();
    heldUntil.values().removeIf(until -> !until.isAfter(now));
    // Asked before the outbox is: what arrives while we look would be looked at as still due.
    Set<String> busy = Set.copyOf(inFlight);
    for (Outbox.Item item : outbox.due(now, ROUND)) {
      boolean held = item.urgency() == Urgency.PROGRESS && heldUntil.containsKey(item.id());
      if (held || busy.contains(item.id())) {
        continue;
      }
      inFlight.add(item.id());
      Optional<Duration> hold =
          pace.hold(
              item.content(), item.timestamp().isPresent(), item.urgency() != Urgency.PROGRESS);
      if (hold.isPresent()) {
        inFlight.remove(item.id());
        heldUntil.put(item.id(), now.plus(hold.get()));
        continue;
      }
      free.acquire();
      tasks.execute(() -> sendAndSettle(item));
    }
    return untilNext(now);
  }

  private Duration untilNext(Instant now) {
    Optional<Instant> held = heldUntil.values().stream().min(Instant::compareTo);
    Optional<Instant> postponed = outbox.nextAttempt().filter(next -> next.isAfter(now));
    Instant next = now.plus(LONGEST_SLEEP);
    for (Optional<Instant> candidate : List.of(held, postponed)) {
      if (candidate.isPresent() && candidate.get().isBefore(next)) {
        next = candidate.get();
      }
    }
    return Duration.between(now, next);
  }

  private void sendAndSettle(Outbox.Item item) {
    try {
      settle(item, send(item));
    } catch (StoreUnavailable e) {
      LOG.warn("What became of {} could not be noted; it is tried again", item.id(), e);
    } finally {
      free.release();
      inFlight.remove(item.id());
      wake();
    }
  }

  private Sent send(Outbox.Item item) {
    try {
      return chat.send(item.id(), item.content(), item.timestamp(), item.uncertain());
    } catch (RuntimeException e) {
      LOG.error("Sending {} failed unexpectedly", item.id(), e);
      return new Sent.Uncertain(e.getClass().getSimpleName());
    }
  }

  private void settle(Outbox.Item item, Sent sent) {
    switch (sent) {
      case Sent.Done(String timestamp) -> outbox.sent(item.id(), item.version(), timestamp);
      case Sent.Later(Duration delay, String reason) ->
          outbox.postpone(item.id(), clock.instant().plus(delay), false, reason);
      case Sent.Gone() -> outbox.repost(item.id());
      case Sent.Uncertain(String reason) -> {
        LOG.warn("{} may or may not have reached Slack ({}); looking again", item.id(), reason);
        outbox.postpone(item.id(), clock.instant().plus(backOff(item)), true, reason);
      }
      case Sent.Rejected(String reason) -> {
        LOG.error("Slack does not take {}: {}", item.id(), reason);
        outbox.park(item.id(), reason);
      }
    }
  }

  /** Doubles with each failure up to the cap; the jitter keeps replicas apart. */
  private Duration backOff(Outbox.Item item) {
    long doubled = FIRST_RETRY.toMillis() << Math.min(item.attempts(), 10);
    long capped = Math.min(doubled, LONGEST_RETRY.toMillis());
    return Duration.ofMillis(random.nextLong(capped / 2, capped + 1));
  }

  /** Waits up to the given time until nothing is due any more. */
  public boolean drain(Duration patience) throws InterruptedException {
    Instant end = clock.instant().plus(patience);
    while (clock.instant().isBefore(end)) {
      if (inFlight.isEmpty() && outbox.due(clock.instant(), 1).isEmpty()) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }

  @Override
  public void close() {
    running = false;
    wake();
    loop.interrupt();
    tasks.close();
  }
}
