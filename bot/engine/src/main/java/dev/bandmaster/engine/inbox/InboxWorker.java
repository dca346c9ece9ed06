package dev.bandmaster.engine.inbox;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.DeliveryMeaning;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.store.AlreadyHandled;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Inbox;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.ItemGuard;
import dev.bandmaster.engine.view.StatusReaction;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Takes deliveries in and handles each in a task of its own, so nobody waits for anybody else's
 * command. What one delivery leads to is committed together with the fact that it is handled: after
 * a crash it is either handled whole or handled again from the start.
 */
public final class InboxWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InboxWorker.class);

  /** How long to wait for a store, or for a chat, that is away. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** After so many short pauses nobody looks at the screen any more. */
  private static final int SHORT_WAITS = 60;

  private static final Duration LONG_PAUSE = Duration.ofSeconds(10);

  /** How often an item that lost a race is repeated before it pauses. */
  private static final int AT_ONCE = 5;

  /**
   * Deliveries handled at the same time. Many, because handling one may wait for the chat; not all
   * of a flood, because taking in what comes must not wait for what came.
   */
  private static final int AT_A_TIME = 64;

  private static final Message APOLOGY =
      Message.sentence(
          "Internal error, nothing was done. Try again with a simpler command, or tell the bot's"
              + " operators.");

  private final Store store;
  private final Interpreter interpreter;
  private final Reception reception;
  private final InstantSource clock;
  private final String lease;
  private final Set<String> underway = ConcurrentHashMap.newKeySet();
  private final Semaphore places = new Semaphore(AT_A_TIME);
  private final ItemGuard<String> guard;
  private final ExecutorService tasks =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("inbox-", 0).factory());

  /**
   * @param lease name of this replica, which handles what it took in
   */
  public InboxWorker(
      Store store,
      Interpreter interpreter,
      Reception reception,
      InstantSource clock,
      String lease) {
    this.store = store;
    this.interpreter = interpreter;
    this.reception = reception;
    this.clock = clock;
    this.lease = lease;
    // A store that is away is waited for by each item itself.
    this.guard = ItemGuard.logging(LOG, "Inbox item", clock, _ -> false);
  }

  /** Says what a delivery means to us. */
  @FunctionalInterface
  public interface Interpreter {
    DeliveryMeaning interpret(Inbox.Item item);
  }

  /** Acts on what was understood. */
  @FunctionalInterface
  public interface Reception {
    /**
     * Handles it whole; the delivery has to be marked as handled in the same commit.
     *
     * @throws StoreConflict if the decision was out of date when it was committed; it is made again
     */
    void receive(Inbox.Item item, Inbound inbound);
  }

  /**
   * Handles what waits under a lease and is not underway here: what an earlier process or another
   * replica took in and did not finish.
   */
  public void resume(String waitingAt) {
    store.inbox().unhandled(waitingAt).forEach(this::handleSoon);
  }

  /**
   * Keeps a delivery and handles it in the background. A delivery that comes twice may be one that
   * was kept although nobody could be told so; then it waits and is handled too.
   *
   * @param envelope id of the envelope it came in
   * @return whether it is new
   * @throws StoreUnavailable if it cannot be kept; it must not be acknowledged then
   */
  public boolean take(String dedupeKey, String kind, String envelope, String payload) {
    Change.AcceptDelivery receive =
        new Change.AcceptDelivery(dedupeKey, kind, payload, clock.instant(), lease, envelope);
    Optional<Inbox.Item> item = store.inbox().receive(receive);
    item.ifPresentOrElse(this::handleSoon, () -> resume(lease));
    return item.isPresent();
  }

  /** Waits up to the given time until nothing is being handled here. */
  public boolean finish(Duration patience) throws InterruptedException {
    Instant end = clock.instant().plus(patience);
    while (!isIdle() && clock.instant().isBefore(end)) {
      Thread.sleep(20);
    }
    return isIdle();
  }

  /** Whether nothing is being handled here at this moment. */
  boolean isIdle() {
    return underway.isEmpty();
  }

  private void handleSoon(Inbox.Item item) {
    if (!guard.isSkipped(item.id()) && underway.add(item.id())) {
      tasks.execute(() -> {
        try {
          guard.run(item.id(), () -> handleToItsEnd(item));
        } finally {
          underway.remove(item.id());
        }
      });
    }
  }

  private void handleToItsEnd(Inbox.Item item) {
    try {
      handle(item);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(Inbox.Item item) throws InterruptedException {
    int waits = 0;
    for (int conflicts = 0; ; waits++) {
      places.acquire();
      Attempt attempt;
      try {
        attempt = attempt(item, waits == 0 ? Level.WARN : Level.DEBUG);
      } finally {
        places.release();
      }
      switch (attempt) {
        case DONE -> {
          return;
        }
        case CONFLICT -> {
          conflicts++;
          if (conflicts < AT_ONCE) {
            continue;
          }
          conflicts = 0;
        }
        case NOT_YET -> {}
      }
      Thread.sleep(pause(waits));
    }
  }

  /** As long as somebody may look at the screen it is short. */
  private static Duration pause(int waits) {
    return waits < SHORT_WAITS ? PAUSE : LONG_PAUSE;
  }

  private enum Attempt {
    DONE,
    /** The decision was out of date; it is made again. */
    CONFLICT,
    /** Something is away. */
    NOT_YET
  }

  /**
   * @param level of the line that says that the item has to wait: it is said once
   */
  private Attempt attempt(Inbox.Item item, Level level) {
    try {
      return act(item, interpreter.interpret(item), level);
    } catch (StoreConflict | StoreUnavailable e) {
      return repeat(item, e, level);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      LOG.error("Inbox item {} cannot be interpreted; kept for inspection", item.id(), e);
      return abandon(item, String.valueOf(e.getMessage()), List.of());
    }
  }

  private Attempt act(Inbox.Item item, DeliveryMeaning meaning, Level level) {
    switch (meaning) {
      case DeliveryMeaning.Wish(Inbound inbound) -> {
        return receive(item, inbound, level);
      }
      case DeliveryMeaning.Nothing() -> store.commit(new Change.MarkHandled(item.id()));
      case DeliveryMeaning.GivenUp(String sentence, Optional<DeliveryMeaning.Author> author) -> {
        LOG.warn("Inbox item {} is given up: {}", item.id(), sentence);
        List<Change> changes = new ArrayList<>(List.of(new Change.MarkHandled(item.id())));
        author.ifPresent(known -> changes.add(apologyTo(item, known.user(), sentence)));
        store.commit(changes);
      }
      case DeliveryMeaning.Unreadable(String reason, Optional<DeliveryMeaning.Author> author) -> {
        LOG.error("Inbox item {} cannot be read; kept for inspection: {}", item.id(), reason);
        return abandon(
            item,
            reason,
            author
                .map(known -> List.of(privately(item, known.place(), known.user())))
                .orElse(List.of()));
      }
      case DeliveryMeaning.NotYet(String reason) -> {
        LOG.atLevel(level).log("Inbox item {} waits: {}", item.id(), reason);
        return Attempt.NOT_YET;
      }
    }
    return Attempt.DONE;
  }

  private Attempt receive(Inbox.Item item, Inbound inbound, Level level) {
    try {
      reception.receive(item, inbound);
      return Attempt.DONE;
    } catch (StoreConflict | StoreUnavailable e) {
      return repeat(item, e, level);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      LOG.error("Inbox item {} cannot be processed; kept for inspection", item.id(), e);
      return abandon(item, String.valueOf(e.getMessage()), farewell(item, inbound));
    }
  }

  /** The last that people see of what was given up: why, and a mark that does not go on waiting. */
  private static List<Change> farewell(Inbox.Item item, Inbound inbound) {
    ConversationRef place = inbound.place();
    String user = inbound.sender().user();
    return switch (inbound) {
      case Inbound.MessageReceived said ->
          List.of(
              privately(item, place.inThread(place.thread().orElse(said.timestamp())), user),
              StatusReaction.ended(place, said.timestamp(), false));
      // Nobody waits for an answer to an edit.
      case Inbound.MessageEdited _ -> List.of();
      // Who scheduled it may not be there now, and would never see an ephemeral message.
      case Inbound.Scheduled scheduled ->
          List.of(
              apology(
                  item,
                  new Outbound.ChannelMessage(place, scheduled(scheduled), false).askedBy(user)));
      // The run's own message says so.
      case Inbound.RunbookStep _ -> List.of();
      case Inbound.SlashCommand _,
          Inbound.ButtonClick _,
          Inbound.DialogSubmitted _,
          Inbound.ApiCommand _,
          Inbound.HomeOpened _ ->
          List.of(privately(item, place, user));
    };
  }

  private static Change privately(Inbox.Item item, ConversationRef place, String user) {
    return apology(item, new Outbound.Ephemeral(place, user, APOLOGY));
  }

  /** It may be read much later, so it goes where it stays. */
  private static Change apologyTo(Inbox.Item item, String user, String sentence) {
    return apology(
        item,
        new Outbound.ChannelMessage(
                ConversationRef.directWith(user), Message.sentence(sentence), false)
            .askedBy(user));
  }

  private static Change apology(Inbox.Item item, Outbound shown) {
    return new Change.PostMessage("abandoned:" + item.id(), shown, Urgency.NOW);
  }

  private static Message scheduled(Inbound.Scheduled scheduled) {
    List<Message.Block> blocks = new ArrayList<>();
    blocks.add(
        new Message.Paragraph(
            Text.plain("⏰ ")
                .code(scheduled.text())
                .and(" for ")
                .person(scheduled.sender().user())));
    blocks.addAll(APOLOGY.blocks());
    return new Message(blocks);
  }

  private static Attempt repeat(Inbox.Item item, RuntimeException reason, Level level) {
    if (reason instanceof AlreadyHandled) {
      LOG.debug("Inbox item {} was processed by another replica", item.id());
      return Attempt.DONE;
    }
    if (reason instanceof StoreConflict) {
      LOG.info("Inbox item {} is processed again: {}", item.id(), reason.getMessage());
      return Attempt.CONFLICT;
    }
    LOG.atLevel(level)
        .log("Inbox item {} waits for the database: {}", item.id(), reason.getMessage());
    return Attempt.NOT_YET;
  }

  /** Gives an item up and notifies the person who waits for its answer. */
  private Attempt abandon(Inbox.Item item, String reason, List<Change> farewell) {
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.MarkAbandoned(item.id(), reason));
    changes.addAll(farewell);
    try {
      store.commit(changes);
      return Attempt.DONE;
    } catch (StoreConflict | StoreUnavailable e) {
      return repeat(item, e, Level.WARN);
    }
  }

  @Override
  public void close() {
    tasks.shutdownNow();
    tasks.close();
  }
}
