package dev.bandmaster.bot.outbox;

import dev.bandmaster.bot.chat.Chat;
import dev.bandmaster.bot.chat.Chat.Sent;
import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.chat.Pace;
import dev.bandmaster.bot.store.Change.Urgency;
import dev.bandmaster.bot.store.Outbox;
import dev.bandmaster.bot.store.StoreUnavailable;
import dev.bandmaster.config.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Slack show what the outbox wants. One thread looks for what is due, asks the pace, and
 * claims what may be sent at once; each sending is a task of its own. Any number of senders may
 * work on one outbox.
 */
public final class OutboxSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxSender.class);

  /** Looked at per round: more than Slack lets through in a minute. */
  private static final int ROUND = 500;

  /** Sendings at the same time: a slow upload must not hold up an answer. */
  private static final int PARALLEL = 16;

  /** How long a sending may take before another sender may take it over; a call takes 20 s. */
  static final Duration LEASE = Duration.ofMinutes(2);

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2));

  /** How long to wait for a store that cannot be written, before it is tried again. */
  private static final Duration STORE_PAUSE = Duration.ofMillis(500);

  /** Between two looks while more waits than one look sees: Slack is the slower one by far. */
  private static final Duration BACKLOG_PAUSE = Duration.ofMillis(100);

  /** How long a reply waits for the message it belongs to before it looks again. */
  private static final Duration ROOT_PAUSE = Duration.ofSeconds(1);

  /** The longest sleep between two looks; only the safety net behind {@link #wake}. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(5);

  private final Outbox outbox;
  private final Chat chat;
  private final Pace pace;
  private final String holder;
  private final Duration lease;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Set<String> inFlight = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> heldUntil = new ConcurrentHashMap<>();
  private final Map<Kind, LongAdder> sent = new ConcurrentHashMap<>();
  private final Semaphore news = new Semaphore(0);
  private final Semaphore free = new Semaphore(PARALLEL);
  private final ExecutorService tasks =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("outbox-send-", 0).factory());
  private final Thread loop = Thread.ofVirtual().name("outbox").unstarted(this::run);
  private volatile boolean running = true;

  /** What sort of thing is sent, for the figures. */
  public enum Kind {
    POST,
    UPDATE,
    WHISPER,
    REACTION,
    FILE,
    HOME,
    PULSE;

    static Kind of(Outbox.Item item) {
      return of(item.content(), item.timestamp().isPresent());
    }

    private static Kind of(Outbound content, boolean isThere) {
      return switch (content) {
        case Outbound.Shown _ -> isThere ? UPDATE : POST;
        case Outbound.Whispered _ -> WHISPER;
        case Outbound.Reacted _ -> REACTION;
        case Outbound.Attached _ -> FILE;
        case Outbound.Home _ -> HOME;
        case Outbound.Pulse _ -> PULSE;
        case Outbound.Below below -> of(below.reply(), isThere);
      };
    }

    /** Its name, as it is written in figures. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How many items of a kind were sent since the start. */
  public long sent(Kind kind) {
    LongAdder count = sent.get(kind);
    return count == null ? 0 : count.sum();
  }

  /**
   * A sender that is not started yet.
   *
   * @param holder the name under which it claims; no other sender has it
   */
  public OutboxSender(
      Outbox outbox,
      Chat chat,
      Pace pace,
      String holder,
      InstantSource clock,
      RandomGenerator random) {
    this(outbox, chat, pace, holder, LEASE, clock, random);
  }

  OutboxSender(
      Outbox outbox,
      Chat chat,
      Pace pace,
      String holder,
      Duration lease,
      InstantSource clock,
      RandomGenerator random) {
    this.outbox = outbox;
    this.chat = chat;
    this.pace = pace;
    this.holder = holder;
    this.lease = lease;
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
        List<Outbox.Item> due = outbox.due(clock.instant(), ROUND);
        sleep = round(due);
        if (due.size() == ROUND) {
          Thread.sleep(BACKLOG_PAUSE);
        }
      } catch (StoreUnavailable e) {
        LOG.warn("The outbox cannot be used; trying again: {}", e.getMessage());
        sleep = STORE_PAUSE;
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

  /** Starts what may be sent of what is due, and says how long to sleep. */
  private Duration round(List<Outbox.Item> due) throws InterruptedException {
    Instant now = clock.instant();
    heldUntil.values().removeIf(until -> !until.isAfter(now));
    Batch batch = new Batch();
    try {
      for (Outbox.Item item : due) {
        if (!maySendNow(item, now)) {
          continue;
        }
        if (!free.tryAcquire()) {
          batch.send();
          free.acquire();
        }
        batch.add(item);
      }
      batch.send();
    } finally {
      batch.giveUp();
    }
    return untilNext(now);
  }

  private boolean maySendNow(Outbox.Item item, Instant now) {
    boolean progress = item.urgency() == Urgency.PROGRESS;
    if (inFlight.contains(item.id()) || (progress && heldUntil.containsKey(item.id()))) {
      return false;
    }
    Optional<Duration> hold = pace.hold(item.content(), item.timestamp().isPresent(), !progress);
    hold.ifPresent(wait -> heldUntil.put(item.id(), now.plus(wait)));
    return hold.isEmpty();
  }

  /** Items that may be sent now, for each of which one of the free places is taken. */
  private final class Batch {
    private final List<String> ids = new ArrayList<>();

    void add(Outbox.Item item) {
      ids.add(item.id());
      inFlight.add(item.id());
    }

    /** Claims them in one statement and sends those that nobody else was quicker with. */
    void send() {
      List<Outbox.Claim> claims = outbox.claim(holder, clock.instant(), lease, ids);
      for (Outbox.Claim claim : claims) {
        ids.remove(claim.item().id());
        tasks.execute(() -> sendAndSettle(claim));
      }
      giveUp();
    }

    /** Gives back the places of what was not claimed. */
    void giveUp() {
      inFlight.removeAll(ids);
      free.release(ids.size());
      ids.clear();
    }
  }

  private Duration untilNext(Instant now) {
    Optional<Instant> held = heldUntil.values().stream().min(Instant::compareTo);
    Instant next = now.plus(LONGEST_SLEEP);
    for (Optional<Instant> candidate : List.of(held, outbox.nextAttempt(now))) {
      if (candidate.isPresent() && candidate.get().isBefore(next)) {
        next = candidate.get();
      }
    }
    return Duration.between(now, next);
  }

  private void sendAndSettle(Outbox.Claim claim) {
    try {
      Sent sent = send(claim.item());
      while (!settled(claim, sent)) {
        Thread.sleep(STORE_PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      inFlight.remove(claim.item().id());
      free.release();
      wake();
    }
  }

  private Sent send(Outbox.Item item) {
    try {
      return switch (item.content()) {
        case Outbound.Below below -> sendBelow(item, below);
        case Outbound content -> chat.send(item.id(), content, item.timestamp(), item.uncertain());
      };
    } catch (RuntimeException e) {
      LOG.error("Sending {} failed unexpectedly", item.id(), e);
      return new Sent.Uncertain(e.getClass().getSimpleName());
    }
  }

  /** A reply waits until it is known under which message it belongs. */
  private Sent sendBelow(Outbox.Item item, Outbound.Below below) {
    return switch (outbox.shown(below.root())) {
      case Outbox.Shown.At(String timestamp) ->
          chat.send(item.id(), below.in(timestamp), item.timestamp(), item.uncertain());
      case Outbox.Shown.NotYet() ->
          new Sent.Later(ROOT_PAUSE, "The message it belongs to is not there yet.");
      case Outbox.Shown.Never() ->
          new Sent.Rejected("The message it belongs to was not taken.", false);
    };
  }

  /** Whether it is noted what became of an item, or never can be by this process. */
  private boolean settled(Outbox.Claim claim, Sent sent) {
    try {
      settle(claim, sent);
      return true;
    } catch (StoreUnavailable e) {
      LOG.warn("What became of {} cannot be noted yet: {}", claim.item().id(), e.getMessage());
      return !running;
    }
  }

  private void settle(Outbox.Claim claim, Sent sent) {
    Outbox.Item item = claim.item();
    Instant now = clock.instant();
    switch (sent) {
      case Sent.Done(String timestamp) -> done(claim, timestamp);
      case Sent.Later(Duration delay, String reason) ->
          outbox.postpone(claim, now.plus(delay), false, reason);
      case Sent.Limited(Duration delay, String reason) -> {
        LOG.info("{} Waiting {} s.", reason, delay.toSeconds());
        pace.limited(item.content(), item.timestamp().isPresent(), delay);
        outbox.postpone(claim, now.plus(delay), false, reason);
      }
      case Sent.Gone() -> outbox.repost(claim);
      case Sent.Uncertain(String reason) -> {
        LOG.warn("{} may or may not have reached Slack ({}); looking again", item.id(), reason);
        outbox.postpone(claim, now.plus(BACKOFF.delay(item.attempts(), random)), true, reason);
      }
      case Sent.Rejected rejected -> {
        LOG.error("Slack does not take {}: {}", item.id(), rejected.reason());
        outbox.park(claim, rejected.reason(), Apology.of(item, rejected));
      }
    }
  }

  private void done(Outbox.Claim claim, String timestamp) {
    Outbox.Settled settled = outbox.sent(claim, timestamp);
    Kind kind = Kind.of(claim.item());
    sent.computeIfAbsent(kind, fresh -> new LongAdder()).increment();
    if (!settled.held()) {
      LOG.warn("{} was taken over while it was being sent; it is drawn again", claim.item().id());
    }
    settled
        .surplus()
        .ifPresent(surplus -> {
          LOG.warn("{} was posted twice; the second post is taken away", claim.item().id());
          chat.retract(claim.item().content().channel(), surplus);
        });
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
