package dev.bandmaster.engine.webhooks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.core.store.AlreadyRecorded;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.alerts.AlertService;
import dev.bandmaster.engine.webhooks.DeliveryGuard.Mark;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what systems outside tell. A delivery is answered with 200 when what it says is kept, in
 * one commit, and not before; so anyone who sends it may send it again until then. Sent again after
 * that it changes nothing.
 */
public final class WebhookReceiver implements WebhookEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookReceiver.class);

  /** Bytes of a body. */
  static final int MOST_BYTES = 1 << 20;

  /** Deliveries whose bodies are there and that are dealt with at the same time. */
  private static final int MOST_AT_ONCE = 16;

  /** As many of them may be of one source, so that one that hangs holds up no other. */
  private static final int MOST_OF_ONE = 8;

  /** Bodies that are understood at the same time; that takes about ten times their size. */
  private static final int MOST_UNDERSTOOD = 2;

  /** For so long a delivery waits for others before it is sent away. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** Alerts in one message; what is more nobody reads, and all of them are looked at each time. */
  private static final int MOST_MEMBERS = 2_000;

  /** How often it is decided again when somebody else was quicker. */
  private static final int TRIES = 5;

  /** For so long an event is known that another one tells as well. */
  private static final Duration EVENT_MEMORY = Duration.ofMinutes(10);

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration LATER = Duration.ofSeconds(10);

  private final Map<String, WebhookSource> sources;
  private final Store store;
  private final AlertService alerts;
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);
  private final Semaphore understanding = new Semaphore(MOST_UNDERSTOOD);
  private final Map<String, SourcePlaces> ofSource;
  private final Duration longestWait;

  /** What one source may hold of the places of all. */
  private record SourcePlaces(Semaphore places, Semaphore understanding) {}

  /**
   * Deliveries of this process wait for each other here, and not for their conflicts. It saves work
   * and keeps nothing right, so nobody waits here for long.
   */
  private final ReentrantLock keeping = new ReentrantLock();

  /** What became of a delivery. */
  public enum Fate {
    TAKEN,
    KNOWN,
    REFUSED,
    FAILED
  }

  /** The same with what is to be said. */
  private sealed interface Outcome {
    record Taken(WebhookAlert received) implements Outcome {}

    record Known() implements Outcome {}

    record Refused(DeliveryRefusal refusal) implements Outcome {}
  }

  public WebhookReceiver(
      List<WebhookSource> sources, Store store, AlertService alerts, InstantSource clock) {
    this(sources, store, alerts, clock, LONGEST_WAIT);
  }

  WebhookReceiver(
      List<WebhookSource> sources,
      Store store,
      AlertService alerts,
      InstantSource clock,
      Duration longestWait) {
    this.longestWait = longestWait;
    this.sources =
        sources.stream()
            .collect(Collectors.toUnmodifiableMap(WebhookSource::name, Function.identity()));
    this.ofSource =
        sources.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    WebhookSource::name,
                    source -> new SourcePlaces(new Semaphore(MOST_OF_ONE), new Semaphore(1))));
    this.store = store;
    this.alerts = alerts;
    this.clock = clock;
  }

  /** The names of all who may tell something. */
  public List<String> sources() {
    return sources.keySet().stream().sorted().toList();
  }

  /** How many deliveries of a source had this fate since the start. */
  public long count(String source, Fate fate) {
    return Optional.ofNullable(sources.get(source)).map(of -> of.counts().of(fate)).orElse(0L);
  }

  @Override
  public Answer take(Post post) throws IOException {
    WebhookSource source = sources.get(post.name());
    if (source == null) {
      return answer(
          DeliveryRefusal.of(404, "unknown_webhook", "There is no webhook with that name."));
    }
    Outcome outcome;
    try {
      outcome = outcome(source, post);
    } catch (StoreUnavailable away) {
      outcome =
          refused(
              DeliveryRefusal.later(
                  503, "store_away", "The delivery cannot be stored now. Try again later.", LATER));
    } catch (RuntimeException fault) {
      LOG.error("Webhook delivery from {} failed; nothing was stored", source.name(), fault);
      outcome = refused(DeliveryRefusal.of(500, "fault", "Internal error, nothing was done."));
    }
    return switch (outcome) {
      case Outcome.Taken(WebhookAlert received) -> {
        source.counts().take();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", "taken")
            .put("firing", received.firing())
            .put("resolved", received.resolved());
        yield new Answer(200, json.toString());
      }
      case Outcome.Known() -> {
        source.counts().know();
        yield new Answer(200, "{\"status\":\"known\"}");
      }
      case Outcome.Refused(DeliveryRefusal refusal) -> {
        source.counts().refuse(refusal.status());
        if (source.complaints().pass(clock.instant()).isZero()) {
          LOG.warn(
              "Webhook delivery from {} rejected ({}, {}); further rejections this minute are not logged",
              source.name(),
              refusal.status(),
              refusal.error());
        }
        yield answer(refusal);
      }
    };
  }

  private static Answer answer(DeliveryRefusal refusal) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("error", refusal.error()).put("message", refusal.message());
    return new Answer(
        refusal.status(), json.toString(), refusal.retryAfter(), refusal.status() == 401);
  }

  private static Outcome refused(DeliveryRefusal refusal) {
    return new Outcome.Refused(refusal);
  }

  private Outcome outcome(WebhookSource source, Post post) throws IOException {
    Instant now = clock.instant();
    Optional<DeliveryRefusal> first =
        DeliveryShape.check(post, MOST_BYTES).or(() -> source.guard().checkHeaders(post, now));
    if (first.isPresent()) {
      return refused(first.get());
    }
    // Anyone who sends slowly holds no place; the server bounds what all bodies take together.
    byte[] body = post.body().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      return refused(DeliveryShape.tooLarge(MOST_BYTES));
    }
    SourcePlaces own = Objects.requireNonNull(ofSource.get(source.name()));
    if (!tryFor(own.places()::tryAcquire)) {
      return refused(busy());
    }
    try {
      if (!places.tryAcquire()) {
        return refused(busy());
      }
      try {
        return outcome(source, post, body, now);
      } finally {
        places.release();
      }
    } finally {
      own.places().release();
    }
  }

  private static DeliveryRefusal busy() {
    return DeliveryRefusal.later(503, "busy", "Too many deliveries at once.", SOON);
  }

  private Outcome outcome(WebhookSource source, Post post, byte[] body, Instant now) {
    Optional<DeliveryRefusal> untrusted = source.guard().checkBody(post, body);
    if (untrusted.isPresent()) {
      return refused(untrusted.get());
    }
    Duration wait = source.pace().pass(now);
    if (wait.isPositive()) {
      return refused(
          DeliveryRefusal.later(429, "too_many", "Too many deliveries in a minute.", wait));
    }
    Optional<WebhookAlert> received;
    try {
      received = understand(source, body, now);
    } catch (BadBody bad) {
      return refused(bad.refusal());
    }
    if (received.isEmpty()) {
      return refused(busy());
    }
    boolean alone = tryFor(keeping::tryLock);
    try {
      return keep(source, received.get(), source.guard().mark(post), now);
    } finally {
      if (alone) {
        keeping.unlock();
      }
    }
  }

  /** Empty if others are understood for too long. */
  private Optional<WebhookAlert> understand(WebhookSource source, byte[] body, Instant now)
      throws BadBody {
    Semaphore own = Objects.requireNonNull(ofSource.get(source.name())).understanding();
    if (!tryFor(own::tryAcquire)) {
      return Optional.empty();
    }
    try {
      if (!tryFor(understanding::tryAcquire)) {
        return Optional.empty();
      }
      try {
        return Optional.of(source.reader().read(StrictJson.read(body), now));
      } finally {
        understanding.release();
      }
    } finally {
      own.release();
    }
  }

  /** Something that can be tried for some time. */
  private interface Attempt {
    boolean within(long time, TimeUnit unit) throws InterruptedException;
  }

  private boolean tryFor(Attempt attempt) {
    try {
      return attempt.within(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The marks go first: what is known already ends the commit, and nothing else of it is kept. */
  private Outcome keep(
      WebhookSource source, WebhookAlert received, Optional<Mark> mark, Instant now) {
    for (int i = 1; ; i++) {
      List<Change> changes = new ArrayList<>();
      mark.ifPresent(
          of -> changes.add(new Change.IdempotencyKey(source.name(), of.text(), of.until())));
      received
          .once()
          .ifPresent(event ->
              changes.add(new Change.IdempotencyKey(source.name(), event, now.plus(EVENT_MEMORY))));
      List<Change> decided = alerts.decide(received.signals(), now);
      if (decided.stream().anyMatch(WebhookReceiver::isTooMuch)) {
        return refused(
            DeliveryRefusal.later(
                429,
                "too_many_alerts",
                "More than %d alerts would be in one message.".formatted(MOST_MEMBERS),
                LATER));
      }
      changes.addAll(decided);
      try {
        store.commit(changes);
        return new Outcome.Taken(received);
      } catch (AlreadyRecorded done) {
        return mark.filter(of -> of.text().equals(done.mark())).isPresent()
            ? refused(
                DeliveryRefusal.of(
                    409, "replayed", "This delivery was already accepted; nothing was done."))
            : new Outcome.Known();
      } catch (StoreConflict quicker) {
        if (i == TRIES) {
          return refused(
              DeliveryRefusal.later(
                  503, "busy", "Too many concurrent changes to the same alerts.", SOON));
        }
      }
    }
  }

  /** What there was before may be more, and shrink. */
  private static boolean isTooMuch(Change change) {
    return change instanceof Change.UpdateAlertGroup(var before, var after)
        && after.state().members().size() > MOST_MEMBERS
        && before.map(of -> of.state().members().size()).orElse(0) < after.state().members().size();
  }
}
