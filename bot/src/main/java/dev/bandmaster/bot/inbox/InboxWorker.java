package dev.bandmaster.bot.inbox;

import dev.bandmaster.bot.chat.Inbound;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Inbox;
import dev.bandmaster.bot.store.Store;
import dev.bandmaster.bot.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes deliveries in and handles each in a task of its own, so nobody waits for anybody else's
 * command. What one delivery leads to is committed together with the fact that it is handled: after
 * a crash it is either handled whole or handled again from the start.
 */
public final class InboxWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InboxWorker.class);

  /** How long to wait for a store, or for a Slack, that is away. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Store store;
  private final Interpreter interpreter;
  private final Reception reception;
  private final InstantSource clock;
  private final ExecutorService tasks =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("inbox-", 0).factory());

  public InboxWorker(
      Store store, Interpreter interpreter, Reception reception, InstantSource clock) {
    this.store = store;
    this.interpreter = interpreter;
    this.reception = reception;
    this.clock = clock;
  }

  /** Says what a delivery means to us. */
  @FunctionalInterface
  public interface Interpreter {
    Meaning interpret(String payload);
  }

  /** Acts on what was understood. */
  @FunctionalInterface
  public interface Reception {
    /** Handles it whole; the delivery has to be marked as handled in the same commit. */
    void receive(Inbox.Item item, Inbound inbound);
  }

  /** Handles what an earlier process took in and did not finish. */
  public void resume() {
    store.inbox().unhandled().forEach(this::handleSoon);
  }

  /**
   * Keeps a delivery and handles it in the background.
   *
   * @return whether it is new
   * @throws StoreUnavailable if it cannot be kept; it must not be acknowledged then
   */
  public boolean take(String dedupeKey, String kind, String payload) {
    Instant now = clock.instant();
    Optional<Inbox.Item> item = store.inbox().receive(dedupeKey, kind, payload, now);
    item.ifPresent(this::handleSoon);
    return item.isPresent();
  }

  private void handleSoon(Inbox.Item item) {
    tasks.execute(() -> handle(item));
  }

  private void handle(Inbox.Item item) {
    while (!handled(item)) {
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Whether the item is dealt with; otherwise something was away and it has to be repeated. */
  private boolean handled(Inbox.Item item) {
    try {
      switch (interpreter.interpret(item.payload())) {
        case Meaning.Wish(Inbound inbound) -> reception.receive(item, inbound);
        case Meaning.Nothing() -> store.commit(new Change.Handled(item.id()));
        case Meaning.Unreadable(String reason) ->
            store.commit(new Change.Abandoned(item.id(), reason));
        case Meaning.NotYet(String reason) -> {
          LOG.warn("Inbox item {} has to wait: {}", item.id(), reason);
          return false;
        }
      }
      return true;
    } catch (StoreUnavailable e) {
      LOG.error("Inbox item {} waits for the store: {}", item.id(), e.getMessage());
      return false;
    } catch (RuntimeException e) {
      LOG.error("Inbox item {} cannot be handled; it is kept for inspection", item.id(), e);
      return abandoned(item, e);
    }
  }

  private boolean abandoned(Inbox.Item item, RuntimeException failure) {
    try {
      store.commit(new Change.Abandoned(item.id(), String.valueOf(failure.getMessage())));
      return true;
    } catch (StoreUnavailable e) {
      return false;
    }
  }

  @Override
  public void close() {
    tasks.shutdownNow();
    tasks.close();
  }
}
