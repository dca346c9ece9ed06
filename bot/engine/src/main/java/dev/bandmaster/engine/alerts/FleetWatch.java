package dev.bandmaster.engine.alerts;

import dev.bandmaster.core.alert.Signal;
import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.core.fleet.BusHealth;
import dev.bandmaster.core.fleet.Decision;
import dev.bandmaster.core.fleet.Detector;
import dev.bandmaster.core.fleet.DetectorRules;
import dev.bandmaster.core.fleet.NodeEvent;
import dev.bandmaster.core.fleet.NodeRecord;
import dev.bandmaster.core.fleet.NodeState;
import dev.bandmaster.core.fleet.NodeTransition;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.NodeRecords.Watch;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.ItemGuard;
import dev.bandmaster.engine.clock.Ticker;
import dev.bandmaster.model.Backoff;
import dev.bandmaster.model.PresenceEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the fleet. What is seen is handed in by any thread and costs no commit; one thread feeds
 * the detector with it, asks once a second what follows, and keeps that in one commit with the
 * alerts. Every five seconds it is kept that the nodes were watched, with the newest deadlines.
 *
 * <p>Of any number of replicas one watches; the others receive everything too, and one of them goes
 * on when it falls silent.
 */
public final class FleetWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FleetWatch.class);

  /** From the end of one look to the next, so that a failure is found within a second. */
  public static final Duration LOOK = Duration.ofMillis(500);

  /** Between two notes that the nodes were watched. */
  private static final Duration TICK = Duration.ofSeconds(5);

  /** After so long without a note another replica watches. */
  private static final Duration ABSENT = Duration.ofSeconds(15);

  /** Deadlines kept with one note. */
  private static final int MOST_KEPT = 10_000;

  /** Commits in one look; what is left is decided a second later. */
  private static final int MOST_COMMITS = 50;

  /** As many events as come in one batch at most: then more of them are waiting. */
  private static final int FULL_BATCH = 500;

  private final Store store;
  private final DetectorRules rules;
  private final Detector detector;
  private final AlertService alerts;
  private final DetectionSignals signals;
  private final FleetSurroundings fleet;
  private final String holder;
  private final InstantSource clock;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final AtomicBoolean cut = new AtomicBoolean();
  private final AtomicBoolean behind = new AtomicBoolean();
  private final Map<String, Instant> answers = new ConcurrentHashMap<>();
  private final Map<String, Instant> unanswered = new HashMap<>();
  private Instant compared = Instant.EPOCH;
  private final AtomicReference<@Nullable Instant> busySince = new AtomicReference<>();
  private final Ticker ticker = new Ticker("detector", LOOK, this::look);

  /** What fails here is missed sooner than elsewhere, so no pause is longer than a minute. */
  private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final ItemGuard<String> guard;

  private volatile Optional<Watch> watching = Optional.empty();
  private Optional<Instant> receivingSince = Optional.empty();
  private Instant ticked = Instant.EPOCH;
  private int conflicts;

  /** Something that happened. */
  private sealed interface Arrival {
    record Received(List<PresenceEvent> events, Instant at) implements Arrival {}

    record Happened(Collection<String> nodes, NodeEvent event, Instant at) implements Arrival {}
  }

  /** What the watch has to know of the bot, and asks of it. */
  public interface FleetSurroundings {
    /** Whether the broker is there and events are taken from it. */
    boolean isConnected();

    /** Whether a node's key is still trusted. */
    boolean isTrusted(String node);

    /** Nodes on which somebody is at work, by what the bot itself does there. */
    Collection<String> underWork();

    /** Asks nodes to show themselves; returns at once. */
    void ask(List<String> nodes);

    /** What else is to be kept together with a conclusion. */
    default List<Change> with(NodeTransition transition, Instant now) {
      return List.of();
    }

    /** A look has come to its end, and all that followed is kept. */
    default void watched(Instant now) {}
  }

  /**
   * A watch that is not started yet.
   *
   * @param holder the name of this replica
   */
  public FleetWatch(
      Store store,
      DetectorRules rules,
      AlertService alerts,
      FleetSurroundings fleet,
      TimeText times,
      String holder,
      InstantSource clock) {
    this.store = store;
    this.rules = rules;
    this.guard =
        ItemGuard.logging(
            LOG,
            "Fleet check:",
            PAUSES,
            clock,
            fault -> fault instanceof StoreUnavailable || fault instanceof StoreConflict);
    this.detector =
        new Detector(
            rules, (node, work) -> guard.run("decision about " + node, work), clock.instant());
    this.alerts = alerts;
    this.signals = new DetectionSignals(times, detector::life);
    this.fleet = fleet;
    this.holder = holder;
    this.clock = clock;
  }

  public void start() {
    ticker.start();
  }

  // --- What is handed in, by any thread ---

  /** Events have arrived; {@link #taken} follows when they are dealt with. */
  public void receive(List<PresenceEvent> events) {
    Instant now = clock.instant();
    busySince.set(now);
    if (events.size() >= FULL_BATCH) {
      behind.set(true);
    }
    arrivals.add(new Arrival.Received(List.copyOf(events), now));
  }

  /** The events that were handed in last are dealt with, and others may come. */
  public void taken() {
    busySince.set(null);
  }

  /** The connection to the broker was lost, if only for a moment. */
  public void cut() {
    cut.set(true);
  }

  /** These nodes answered something. */
  public void answered(Collection<String> nodes) {
    Instant now = clock.instant();
    nodes.forEach(node -> answers.put(node, now));
    happened(nodes, new NodeEvent.Answered());
  }

  /** These nodes were asked something and did not answer in time. */
  public void unanswered(Collection<String> nodes) {
    happened(nodes, new NodeEvent.Unanswered());
  }

  private void happened(Collection<String> nodes, NodeEvent event) {
    if (!nodes.isEmpty()) {
      arrivals.add(new Arrival.Happened(List.copyOf(nodes), event, clock.instant()));
    }
  }

  /** What is known of a node now. */
  public Optional<NodeRecord> life(String node) {
    return detector.life(node);
  }

  /** All nodes that were seen or are expected. */
  public Collection<NodeRecord> lives() {
    return detector.lives();
  }

  /** Whether this replica is the one that watches. */
  public boolean isWatching() {
    return watching.isPresent();
  }

  // --- Looking ---

  /**
   * Takes in what was handed in, and concludes. Called again and again once this is started; before
   * that by the one that has a clock of their own, never by two at a time.
   */
  public void look() {
    Instant now = clock.instant();
    try {
      takeIn();
      BusHealth health = health(now);
      compareAnswers(now);
      if (watching.isEmpty() && !takeOver(now)) {
        return;
      }
      conclude(health, now);
      if (watching.isPresent() && !now.isBefore(ticked.plus(TICK))) {
        tick(now);
      }
      if (watching.isPresent()) {
        guard.run("alert check", alerts::look);
        guard.run("watchdog", () -> fleet.watched(now));
      }
    } catch (StoreConflict e) {
      detector.retract();
      conflicted(e);
    } catch (StoreUnavailable e) {
      LOG.warn("Cannot check the fleet: {}", e.getMessage());
      detector.storeFailed();
    } catch (RuntimeException e) {
      LOG.error("Fleet check failed unexpectedly; retrying", e);
      detector.storeFailed();
    }
  }

  private void takeIn() {
    List<Arrival> batch = new ArrayList<>();
    arrivals.drainTo(batch);
    for (Arrival arrival : batch) {
      switch (arrival) {
        case Arrival.Received(List<PresenceEvent> events, Instant at) ->
            events.forEach(event ->
                guard.runNow(
                    "event of " + event.stamp().node(), () -> detector.receive(event, at)));
        case Arrival.Happened(Collection<String> nodes, NodeEvent event, Instant at) ->
            nodes.forEach(node -> happened(node, event, at));
      }
    }
  }

  private void happened(String node, NodeEvent event, Instant at) {
    guard.runNow("event of " + node, () -> detector.happened(node, event, at));
  }

  /**
   * What one replica knows of unanswered questions all know: it is in the store, a row only for
   * nodes that owe an answer. The one that receives an answer removes the row; the one that watches
   * takes over what the others wrote.
   */
  private void compareAnswers(Instant now) {
    if (!isWatching() && now.isBefore(compared.plus(TICK))) {
      return;
    }
    Map<String, Instant> rows = store.lives().unanswered();
    List<Change> over = new ArrayList<>();
    rows.forEach((node, since) -> {
      Instant answer = answers.get(node);
      boolean isAnswered = answer != null && answer.isAfter(since);
      if (isWatching() && !isAnswered) {
        if (!since.equals(unanswered.put(node, since))) {
          happened(node, new NodeEvent.Unanswered(), since);
        }
        // The node may have described itself since, or be down for another reason.
        isAnswered =
            detector.life(node).flatMap(life -> life.lastSeen().unansweredSince()).isEmpty();
      }
      if (isAnswered) {
        over.add(new Change.AnsweredAgain(node, since));
      }
    });
    if (isWatching()) {
      List<String> answered =
          unanswered.keySet().stream().filter(node -> !rows.containsKey(node)).toList();
      answered.forEach(node -> {
        unanswered.remove(node);
        happened(node, new NodeEvent.Answered(), now);
      });
    }
    if (!over.isEmpty()) {
      store.commit(over);
    }
    // An answer that is older than the last comparison has removed its row.
    answers.values().removeIf(compared::isAfter);
    compared = now;
  }

  private BusHealth health(Instant now) {
    boolean connected = fleet.isConnected() && !cut.getAndSet(false);
    receivingSince = connected ? receivingSince.or(() -> Optional.of(now)) : Optional.empty();
    Instant busy = busySince.get();
    boolean stuck = busy != null && busy.plus(LOOK).isBefore(now);
    boolean drained = !behind.getAndSet(false) && !stuck;
    return new BusHealth(connected, drained);
  }

  /** Begins to watch, if nobody else does. */
  private boolean takeOver(Instant now) {
    Optional<Watch> last = store.lives().watch();
    boolean isFree =
        last.isEmpty()
            || last.get().holder().equals(holder)
            || last.get().at().plus(ABSENT).isBefore(now);
    if (!isFree) {
      return false;
    }
    // The one that has received everything since the last look has missed nothing.
    Optional<Instant> watched =
        last.map(Watch::at)
            .map(at -> receivingSince.filter(since -> !since.isAfter(at)).isPresent() ? now : at);
    Watch first = new Watch(holder, now, last.map(Watch::incidents).orElse(List.of()));
    try {
      store.commit(new Change.FleetWatched(last, first));
    } catch (StoreConflict e) {
      return false;
    }
    detector.takeUp(store.lives().all(), first.incidents(), watched, now);
    watching = Optional.of(first);
    ticked = now;
    LOG.info("{} now watches the nodes", holder);
    return true;
  }

  private void conclude(BusHealth health, Instant now) {
    Decision decision;
    int commits = 0;
    do {
      decision = detector.decide(health, now);
      if (!decision.isEmpty() && !keep(decision, now)) {
        return;
      }
      detector.accept(decision, now);
      if (!decision.probes().isEmpty()) {
        List<String> probes = decision.probes();
        guard.runNow("call of silent nodes", () -> fleet.ask(probes));
      }
      commits++;
    } while (decision.isMore() && commits < MOST_COMMITS);
  }

  private boolean keep(Decision decision, Instant now) {
    Watch next = new Watch(holder, now, decision.incidents());
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.FleetWatched(watching, next));
    decision
        .transitions()
        .forEach(transition -> {
          changes.add(new Change.NodeChanged(transition, now));
          guard.runNow(
              "hook call for " + transition.node(),
              () -> changes.addAll(fleet.with(transition, now)));
        });
    List<Signal> found = new ArrayList<>();
    decision
        .findings()
        .forEach(finding ->
            guard.runNow(
                "finding about " + finding.labels().node(),
                () -> found.addAll(signals.of(List.of(finding)))));
    try {
      changes.addAll(alerts.decide(found, now));
      store.commit(changes);
    } catch (StoreConflict e) {
      detector.retract();
      conflicted(e);
      return false;
    }
    conflicts = 0;
    watching = Optional.of(next);
    return true;
  }

  /** Somebody wants something of an alert at the same time, or somebody else watches. */
  private void conflicted(StoreConflict conflict) {
    conflicts++;
    boolean isOurs = store.lives().watch().equals(watching);
    if (!isOurs || conflicts > 3) {
      LOG.info("{} no longer watches the nodes: {}", holder, conflict.getMessage());
      watching = Optional.empty();
      conflicts = 0;
    }
  }

  // --- Every few seconds ---

  private void tick(Instant now) {
    quieten(now);
    forget(now);
    List<NodeRecord> unkept = detector.takeUnkept(MOST_KEPT);
    Watch next = new Watch(holder, now, detector.incidents());
    try {
      store.commit(new Change.FleetWatched(watching, next), new Change.NodesSeen(unkept));
      detector.kept(unkept);
      watching = Optional.of(next);
      ticked = now;
    } catch (StoreConflict e) {
      detector.notKept(unkept);
      conflicted(e);
    } catch (StoreUnavailable e) {
      detector.notKept(unkept);
      throw e;
    }
  }

  /** Nobody is notified of a node that is being worked on, and a while after. */
  private void quieten(Instant now) {
    List<Silence> maintenance =
        store.alerts().silences().stream()
            .filter(silence -> silence.kind() == Silence.Kind.MAINTENANCE)
            .filter(silence -> silence.standsAt(now))
            .toList();
    if (!maintenance.isEmpty()) {
      detector
          .lives()
          .forEach(life ->
              maintenance.stream()
                  .filter(silence -> concerns(silence, life))
                  .map(Silence::until)
                  .max(Instant::compareTo)
                  .ifPresent(until ->
                      guard.run("maintenance of " + life.node(), () -> maintain(life, until))));
    }
    for (String node : fleet.underWork()) {
      guard.run("maintenance of " + node, () -> quieten(node, now));
    }
  }

  private void quieten(String node, Instant now) {
    detector
        .life(node)
        .ifPresent(life -> {
          Duration timeout = rules.timeout(life.lastSeen().interval());
          boolean lasts =
              life.standing()
                  .maintenance()
                  .filter(until -> !until.isBefore(now.plus(timeout)))
                  .isPresent();
          if (!lasts) {
            maintain(life, now.plus(timeout).plus(timeout.dividedBy(2)));
          }
        });
  }

  private static boolean concerns(Silence silence, NodeRecord life) {
    return silence.matchers().entrySet().stream()
        .allMatch(matcher ->
            switch (matcher.getKey()) {
              case "env" -> matcher.getValue().equals(life.environment());
              case "node" -> matcher.getValue().equals(life.node());
              case "app" -> life.applications().contains(matcher.getValue());
              default -> false;
            });
  }

  private void maintain(NodeRecord life, Instant until) {
    boolean lasts =
        life.standing().maintenance().filter(before -> !before.isBefore(until)).isPresent();
    if (!lasts) {
      detector.happened(life.node(), new NodeEvent.Maintained(Optional.of(until)), clock.instant());
    }
  }

  /** A node whose key is not trusted any more was let go by somebody: that is no failure. */
  private void forget(Instant now) {
    detector.lives().forEach(life -> guard.run("trust in " + life.node(), () -> forget(life, now)));
  }

  private void forget(NodeRecord life, Instant now) {
    if (!life.lastSeen().wasSeen() || fleet.isTrusted(life.node())) {
      return;
    }
    if (!life.lastSeen().leaving()) {
      detector.happened(life.node(), new NodeEvent.Dismissed(), now);
    } else if (life.state() == NodeState.LEFT) {
      store.commit(
          new Change.FleetWatched(watching, watching.orElseThrow()),
          new Change.NodeChanged(new NodeTransition(Optional.of(life), Optional.empty()), now));
      detector.forget(life.node());
    }
  }

  @Override
  public void close() {
    ticker.close();
  }
}
