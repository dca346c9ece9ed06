package dev.bandmaster.engine.outbox;

import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.Chat.Sent;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.RateLimiter;
import dev.bandmaster.core.chat.SendMethod;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.ItemGuard;
import dev.bandmaster.model.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
 * Makes the chat show what the outbox wants. One thread looks for what is due, asks the pace, and
 * claims what may be sent at once; each sending is a task of its own. Any number of senders may
 * work on one outbox.
 *
 * <p>What has to wait, because its method or its channel is at its limit or because enough of it is
 * being sent, is not read again until it may go; so a backlog of one sort costs no other anything.
 */
public final class OutboxSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxSender.class);

  /** Looked at per round: more than a chat lets through in a minute. */
  static final int ROUND = 500;

  /** Looked at per round of one channel and method; Slack lets three through at once. */
  static final int PER_LANE = 8;

  /** Sendings by one method at the same time: slow uploads must not hold up an answer. */
  static final int PARALLEL = 16;

  /** How long a sending may take before another sender may take it over; a call takes 20 s. */
  static final Duration LEASE = Duration.ofMinutes(2);

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2));

  /** How long to wait for a store that cannot be written, before it is tried again. */
  private static final Duration STORE_PAUSE = Duration.ofMillis(500);

  /** How long a reply waits for the message it belongs to before it looks again. */
  private static final Duration ROOT_PAUSE = Duration.ofSeconds(1);

  /** The longest sleep between two looks; only the safety net behind {@link #wake}. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(5);

  private final Outbox outbox;
  private final Chat chat;
  private final RateLimiter pace;
  private final String holder;
  private final Duration lease;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Set<String> inFlight = ConcurrentHashMap.newKeySet();
  private final Holds holds = new Holds();
  private final Turns turns = new Turns();
  private final ItemGuard<String> guard;
  private final Map<Kind, LongAdder> sent = new ConcurrentHashMap<>();
  private final Semaphore wakeUp = new Semaphore(0);
  private final Map<SendMethod, Semaphore> free = places();
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
        case Outbound.ChannelMessage _ -> isThere ? UPDATE : POST;
        case Outbound.Ephemeral _ -> WHISPER;
        case Outbound.Reaction _ -> REACTION;
        case Outbound.FileAttachment _ -> FILE;
        case Outbound.HomeTab _ -> HOME;
        case Outbound.Heartbeat _ -> PULSE;
        case Outbound.ThreadReply below -> of(below.reply(), isThere);
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
      RateLimiter pace,
      String holder,
      InstantSource clock,
      RandomGenerator random) {
    this(outbox, chat, pace, holder, LEASE, clock, random);
  }

  OutboxSender(
      Outbox outbox,
      Chat chat,
      RateLimiter pace,
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
    this.guard = ItemGuard.logging(LOG, "Sending", clock, _ -> false);
  }

  private static Map<SendMethod, Semaphore> places() {
    Map<SendMethod, Semaphore> places = new EnumMap<>(SendMethod.class);
    for (SendMethod method : SendMethod.values()) {
      places.put(method, new Semaphore(PARALLEL));
    }
    return places;
  }

  public void start() {
    loop.start();
  }

  /** Says that there may be something to send. */
  public void wake() {
    wakeUp.release();
  }

  private void run() {
    while (running) {
      Duration sleep = LONGEST_SLEEP;
      try {
        sleep = look();
      } catch (StoreUnavailable e) {
        LOG.warn("The outbox is unavailable; retrying: {}", e.getMessage());
        sleep = STORE_PAUSE;
      } catch (RuntimeException e) {
        LOG.error("Reading the outbox failed unexpectedly; retrying", e);
      }
      try {
        if (wakeUp.tryAcquire(Math.max(sleep.toMillis(), 1), TimeUnit.MILLISECONDS)) {
          wakeUp.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Starts what may be sent of what is due, and says how long to sleep. */
  Duration look() {
    Instant now = clock.instant();
    holds.open(now);
    List<Outbox.Item> due = outbox.due(now, withBusy(holds.held()), PER_LANE, ROUND);
    Batch batch = new Batch();
    List<Outbox.Item> broken = new ArrayList<>();
    try {
      for (Outbox.Item item : turns.inOrder(due, now)) {
        try {
          if (maySendNow(item, now) && batch.add(item)) {
            turns.took(item, now);
          }
        } catch (RuntimeException e) {
          guard.failed(item.id(), e);
          broken.add(item);
        }
      }
      batch.send();
    } finally {
      batch.giveUp();
    }
    postpone(broken, now);
    return untilNext(now);
  }

  /** What cannot be judged waits in the store, so that it stands before nothing else. */
  private void postpone(List<Outbox.Item> broken, Instant now) {
    if (!broken.isEmpty()) {
      outbox
          .claim(holder, now, lease, broken.stream().map(Outbox.Item::id).toList())
          .forEach(claim ->
              outbox.postpone(
                  claim,
                  now.plus(BACKOFF.delay(claim.item().attempts(), random)),
                  false,
                  "The rate limiter failed unexpectedly."));
    }
  }

  /** Whether nothing is being sent. */
  boolean isIdle() {
    return inFlight.isEmpty();
  }

  /** What has to wait, and beside it every method of which enough is being sent. */
  private Outbox.Held withBusy(Outbox.Held held) {
    Map<SendMethod, Urgency> methods = new EnumMap<>(SendMethod.class);
    methods.putAll(held.methods());
    free.forEach((method, places) -> {
      if (places.availablePermits() == 0) {
        methods.put(method, Urgency.NOW);
      }
    });
    return new Outbox.Held(methods, held.lanes());
  }

  private boolean maySendNow(Outbox.Item item, Instant now) {
    if (inFlight.contains(item.id())) {
      return false;
    }
    Outbox.Lane lane = Outbox.Lane.of(item);
    if (holds.held(lane, item.urgency()) || places(lane.method()).availablePermits() == 0) {
      return false;
    }
    boolean redraw = item.timestamp().isPresent();
    boolean important = item.urgency() != Urgency.PROGRESS;
    Optional<Duration> hold = pace.hold(item.content(), redraw, important);
    hold.ifPresent(wait ->
        holds.close(
            lane,
            pace.holdsMethod(item.content(), redraw, important),
            important ? Urgency.NOW : Urgency.PROGRESS,
            now.plus(wait)));
    return hold.isEmpty();
  }

  private Semaphore places(SendMethod method) {
    return Objects.requireNonNull(free.get(method));
  }

  /** Items that may be sent now, for each of which one of the free places is taken. */
  private final class Batch {
    private final Map<String, SendMethod> ids = new LinkedHashMap<>();

    boolean add(Outbox.Item item) {
      SendMethod method = Outbox.Lane.of(item).method();
      if (!places(method).tryAcquire()) {
        return false;
      }
      ids.put(item.id(), method);
      inFlight.add(item.id());
      return true;
    }

    /** Claims them in one statement and sends those that nobody else was quicker with. */
    void send() {
      List<Outbox.Claim> claims =
          outbox.claim(holder, clock.instant(), lease, List.copyOf(ids.keySet()));
      for (Outbox.Claim claim : claims) {
        SendMethod method = Objects.requireNonNull(ids.remove(claim.item().id()));
        tasks.execute(() -> sendAndSettle(claim, places(method)));
      }
    }

    /** Gives back the places of what was not claimed. */
    void giveUp() {
      ids.forEach((id, method) -> {
        inFlight.remove(id);
        places(method).release();
      });
      ids.clear();
    }
  }

  private Duration untilNext(Instant now) {
    Instant next = now.plus(LONGEST_SLEEP);
    for (Optional<Instant> candidate : List.of(holds.next(), outbox.nextAttempt(now))) {
      if (candidate.isPresent() && candidate.get().isBefore(next)) {
        next = candidate.get();
      }
    }
    return Duration.between(now, next);
  }

  private void sendAndSettle(Outbox.Claim claim, Semaphore place) {
    try {
      Sent sent = send(claim.item());
      while (!settled(claim, sent)) {
        Thread.sleep(STORE_PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      guard.failed(claim.item().id(), e);
    } finally {
      inFlight.remove(claim.item().id());
      place.release();
      wake();
    }
  }

  private Sent send(Outbox.Item item) {
    try {
      Sent sent =
          switch (item.content()) {
            case Outbound.ThreadReply below -> sendBelow(item, below);
            case Outbound content ->
                chat.send(item.id(), content, item.timestamp(), item.uncertain());
          };
      guard.succeeded(item.id());
      return sent;
    } catch (RuntimeException e) {
      guard.failed(item.id(), e);
      return new Sent.Uncertain(e.getClass().getSimpleName());
    }
  }

  /** A reply waits until it is known under which message it belongs. */
  private Sent sendBelow(Outbox.Item item, Outbound.ThreadReply below) {
    return switch (outbox.shown(below.root())) {
      case Outbox.Shown.At(String timestamp) ->
          chat.send(item.id(), below.in(timestamp), item.timestamp(), item.uncertain());
      case Outbox.Shown.NotYet() ->
          new Sent.Later(ROOT_PAUSE, "Its parent message is not posted yet.");
      case Outbox.Shown.Never() -> new Sent.Rejected("Its parent message was rejected.", false);
    };
  }

  /** Whether it is noted what became of an item, or never can be by this process. */
  private boolean settled(Outbox.Claim claim, Sent sent) {
    try {
      settle(claim, sent);
      return true;
    } catch (StoreUnavailable e) {
      LOG.warn("The outcome of {} cannot be recorded yet: {}", claim.item().id(), e.getMessage());
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
        if (item.attempts() == 0) {
          LOG.warn("{} may or may not have reached the chat ({}); checking", item.id(), reason);
        }
        outbox.postpone(claim, now.plus(BACKOFF.delay(item.attempts(), random)), true, reason);
      }
      case Sent.Rejected rejected -> {
        LOG.error("The chat rejected {}: {}", item.id(), rejected.reason());
        if (isLastRedraw(item, rejected)) {
          // What is there would go on saying that it is not over; it is said in a new message.
          chat.retract(item.content().channel(), item.timestamp().orElseThrow());
          outbox.repost(claim);
          return;
        }
        outbox.park(claim, rejected.reason(), UndeliveredNotice.of(item, rejected));
      }
    }
  }

  /** Whether a message that matters could not be changed, and may be posted in its place. */
  private static boolean isLastRedraw(Outbox.Item item, Sent.Rejected rejected) {
    return item.content() instanceof Outbound.ChannelMessage
        && item.timestamp().isPresent()
        && item.urgency() != Urgency.PROGRESS
        && !rejected.place();
  }

  private void done(Outbox.Claim claim, String timestamp) {
    Outbox.Settled settled = outbox.sent(claim, timestamp);
    Kind kind = Kind.of(claim.item());
    sent.computeIfAbsent(kind, fresh -> new LongAdder()).increment();
    if (!settled.held()) {
      LOG.warn("{} was taken over while being sent; it is rendered again", claim.item().id());
    }
    settled
        .surplus()
        .ifPresent(surplus -> {
          LOG.warn("{} was posted twice; deleting the second post", claim.item().id());
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
