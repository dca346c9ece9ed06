package dev.bandmaster.engine.home;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Inbox;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.ItemGuard;
import dev.bandmaster.engine.clock.Ticker;
import dev.bandmaster.engine.inbox.InboxWorker;
import dev.bandmaster.plugin.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps home tabs. Somebody who opens theirs sees it drawn at once; for ten minutes afterwards it
 * is drawn again where something on it has changed, at most every 30 s, and soon after a click on
 * it. The chat does not say when somebody looks away, so after that nobody draws for nobody.
 *
 * <p>Who has looked is in memory only: after a restart a tab is drawn again when it is opened.
 */
public final class HomeTabService implements InboxWorker.Reception, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HomeTabService.class);

  static final Duration WATCHED = Duration.ofMinutes(10);
  static final Duration BETWEEN = Duration.ofSeconds(30);
  private static final Duration TICK = Duration.ofSeconds(1);

  /** More than look at the same time; who looked the longest ago is forgotten first. */
  private static final int MOST_VISITORS = 500;

  private final Store store;
  private final HomeTabViews views;
  private final InboxWorker.Reception next;
  private final InstantSource clock;
  private final Map<UserRef, Visitor> visitors = new LinkedHashMap<>();
  private final ItemGuard<UserRef> guard;
  private final Ticker ticker = new Ticker("home-tabs", TICK, this::look);

  /**
   * Somebody who has opened their home tab.
   *
   * @param opened when they did last, or clicked on it
   * @param due from when on it may be drawn again
   * @param shown what is on it
   */
  private record Visitor(
      UserRef sender, ConversationRef place, Instant opened, Instant due, Message shown) {}

  /**
   * @param next deals with everything that is no look at a home tab
   */
  public HomeTabService(
      Store store, HomeTabViews views, InboxWorker.Reception next, InstantSource clock) {
    this.store = store;
    this.views = views;
    this.next = next;
    this.clock = clock;
    this.guard = ItemGuard.logging(LOG, "Home tab of", clock, StoreUnavailable.class::isInstance);
  }

  public void start() {
    ticker.start();
  }

  @Override
  public void receive(Inbox.Item item, Inbound inbound) {
    switch (inbound) {
      case Inbound.HomeOpened opened -> opened(item, opened);
      case Inbound.ButtonClick clicked -> {
        next.receive(item, inbound);
        if (clicked.message().isEmpty()) {
          drawSoon(clicked.sender());
        }
      }
      case Inbound.DialogSubmitted sent -> {
        next.receive(item, inbound);
        drawSoon(sent.sender());
      }
      case Inbound.MessageReceived _,
          Inbound.MessageEdited _,
          Inbound.SlashCommand _,
          Inbound.Scheduled _,
          Inbound.RunbookStep _,
          Inbound.ApiCommand _ ->
          next.receive(item, inbound);
    }
  }

  private void opened(Inbox.Item item, Inbound.HomeOpened opened) {
    UserRef sender = opened.sender();
    Message message = HomeTabRenderer.draw(views.of(sender, opened.place()));
    store.commit(show(sender, message, Urgency.NOW), new Change.MarkHandled(item.id()));
    Instant now = clock.instant();
    synchronized (visitors) {
      visitors.remove(sender);
      visitors.put(sender, new Visitor(sender, opened.place(), now, now.plus(BETWEEN), message));
      if (visitors.size() > MOST_VISITORS) {
        visitors.remove(visitors.keySet().iterator().next());
      }
    }
  }

  private void drawSoon(UserRef sender) {
    Instant now = clock.instant();
    synchronized (visitors) {
      visitors.computeIfPresent(
          sender, (key, seen) -> new Visitor(key, seen.place(), now, now.plus(TICK), seen.shown()));
    }
  }

  /** Draws the tabs whose time has come and on which something has changed. */
  void look() {
    Instant now = clock.instant();
    List<Visitor> due;
    synchronized (visitors) {
      visitors.values().removeIf(visitor -> !visitor.opened().plus(WATCHED).isAfter(now));
      due = visitors.values().stream().filter(visitor -> !visitor.due().isAfter(now)).toList();
    }
    try {
      due.forEach(visitor -> guard.run(visitor.sender(), () -> drawAgain(visitor, now)));
    } catch (StoreUnavailable e) {
      LOG.warn("Cannot draw home tabs: {}", e.getMessage());
    }
  }

  private void drawAgain(Visitor visitor, Instant now) {
    Message message = HomeTabRenderer.draw(views.of(visitor.sender(), visitor.place()));
    if (!message.equals(visitor.shown())) {
      store.commit(show(visitor.sender(), message, Urgency.PROGRESS));
    }
    drawn(visitor, message, now);
  }

  /** Unless the person has opened it again meanwhile. */
  private void drawn(Visitor visitor, Message message, Instant now) {
    synchronized (visitors) {
      visitors.replace(
          visitor.sender(),
          visitor,
          new Visitor(
              visitor.sender(), visitor.place(), visitor.opened(), now.plus(BETWEEN), message));
    }
  }

  private static Change show(UserRef sender, Message message, Urgency urgency) {
    return new Change.PostMessage(
        "home:" + sender.user(), new Outbound.HomeTab(sender.user(), message), urgency);
  }

  @Override
  public void close() {
    ticker.close();
  }
}
