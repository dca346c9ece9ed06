package dev.bandmaster.engine.fleet;

import dev.bandmaster.core.fleet.EventVersion;
import dev.bandmaster.core.fleet.LastSeen;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Nodes.Remembered;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.Load;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.plugin.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is there. Events may arrive in any order and more than once: only what is newer by
 * (incarnation, sequence) counts. What is known outlives the process in the store; while the
 * process runs, reading it costs no query, and a beat that says nothing new no commit.
 *
 * <p>Targets that a backend lists send no heartbeats: they are present for as long as they are
 * listed, and none of them is stored. What a node says about itself wins over such a list.
 */
public final class Presence {

  /** A node counts as present for three missed heartbeats, and for no less than 30 s. */
  private static final int MISSED_BEATS = 3;

  private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(30);

  /** Assumed until a node's first heartbeat says its interval. */
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

  /** How old the time may be at which a node was seen, as it is kept here. */
  private static final Duration KEPT_EVERY = Duration.ofMinutes(5);

  /** Those times are kept together, so that the beats of a large fleet are few commits. */
  private static final Duration TOGETHER = Duration.ofSeconds(10);

  /** The fact by which {@code discover} shows a wrong clock. */
  private static final String CLOCK_FACT = "clock";

  private final Store store;
  private final Supplier<List<NodeDescription>> listed;
  private final InstantSource clock;
  private final Map<String, Remembered> nodes = new ConcurrentHashMap<>();
  private final Map<String, Remembered> kept = new ConcurrentHashMap<>();
  private final Map<String, Remembered> aged = new HashMap<>();
  private final Set<String> announced = ConcurrentHashMap.newKeySet();
  private final Map<String, String> strangers = new ConcurrentHashMap<>();
  private final Map<String, PresenceEvent.Alive> beats = new ConcurrentHashMap<>();
  private final ClockSkews clocks = new ClockSkews();
  private volatile Consumer<ClockSkews.Finding> onWrongClock = _ -> {};
  private final Map<String, Load> loads = new ConcurrentHashMap<>();
  private volatile Runnable onAnnounced = () -> {};
  private Instant agedKept = Instant.EPOCH;

  /** Knows only nodes that describe themselves. */
  public Presence(Store store, InstantSource clock) {
    this(store, List::of, clock);
  }

  /**
   * Starts with what is stored.
   *
   * @param listed the targets that backends list at the moment; asked often, so it has to be quick
   */
  public Presence(Store store, Supplier<List<NodeDescription>> listed, InstantSource clock) {
    this.store = store;
    this.listed = listed;
    this.clock = clock;
    store
        .nodes()
        .all()
        .forEach(node -> {
          nodes.put(node.description().node(), node);
          kept.put(node.description().node(), node);
        });
    // The one that watches the fleet keeps more often when a node was seen.
    store
        .lives()
        .all()
        .forEach(life ->
            nodes.computeIfPresent(life.node(), (name, node) -> newest(node, life.lastSeen())));
  }

  private static Remembered newest(Remembered node, LastSeen lastSeen) {
    boolean isNewer =
        lastSeen.version().isAfter(new EventVersion(node.incarnation(), node.sequence()))
            && !node.left();
    return isNewer
        ? new Remembered(
            node.description(),
            lastSeen.version().incarnation(),
            lastSeen.version().sequence(),
            lastSeen.at(),
            lastSeen.interval(),
            lastSeen.leaving())
        : node;
  }

  /** Whether nothing but silence or a beat is known of a node that calls itself so. */
  private boolean isStranger(PresenceEvent event) {
    return event instanceof PresenceEvent.Alive && !nodes.containsKey(event.stamp().node());
  }

  /**
   * Takes events in; called by one thread.
   *
   * @return whether somebody was seen who has not described itself: the fleet should be asked to
   */
  public boolean observe(List<PresenceEvent> events) {
    boolean strangers = events.stream().anyMatch(this::isStranger);
    List<Change> changes = new ArrayList<>();
    Map<String, Remembered> seen = new HashMap<>();
    Map<String, Remembered> toKeep = new HashMap<>();
    for (PresenceEvent event : events) {
      observe(event, seen, toKeep, changes);
    }
    Instant now = clock.instant();
    boolean isTime = !aged.isEmpty() && !now.isBefore(agedKept.plus(TOGETHER));
    if (isTime) {
      aged.forEach((node, remembered) -> {
        changes.add(seen(remembered));
        toKeep.putIfAbsent(node, remembered);
      });
    }
    store.commit(changes);
    nodes.putAll(seen);
    kept.putAll(toKeep);
    events.forEach(this::noteAnnounced);
    events.forEach(event -> {
      if (event instanceof PresenceEvent.Alive alive && nodes.containsKey(alive.stamp().node())) {
        loads.put(alive.stamp().node(), alive.load());
      }
    });
    onAnnounced.run();
    if (isTime) {
      aged.clear();
      agedKept = now;
    }
    return strangers;
  }

  private void observe(
      PresenceEvent event,
      Map<String, Remembered> seen,
      Map<String, Remembered> toKeep,
      List<Change> changes) {
    EventStamp stamp = event.stamp();
    Optional<Remembered> known =
        Optional.ofNullable(seen.get(stamp.node()))
            .or(() -> Optional.ofNullable(nodes.get(stamp.node())));
    if (known.isPresent() && !isNewer(stamp, known.get())) {
      return;
    }
    clocks.beat(stamp, clock.instant()).ifPresent(onWrongClock);
    Optional<NodeDescription> description =
        switch (event) {
          case PresenceEvent.Join join -> Optional.of(join.description());
          case PresenceEvent.Update update -> Optional.of(update.description());
          case PresenceEvent.Alive _, PresenceEvent.Leave _ -> known.map(Remembered::description);
        };
    if (description.isEmpty()) {
      // A beat before the first description: nothing is known that could be listed or selected.
      return;
    }
    Duration interval =
        event instanceof PresenceEvent.Alive alive
            ? alive.interval()
            : known.map(Remembered::interval).orElse(DEFAULT_INTERVAL);
    Remembered now =
        new Remembered(
            description.get(),
            stamp.incarnation(),
            stamp.sequence(),
            clock.instant(),
            interval,
            event instanceof PresenceEvent.Leave);
    seen.put(stamp.node(), now);
    if (known.map(Remembered::description).filter(description.get()::equals).isEmpty()) {
      changes.add(new Change.NodeDescribed(description.get(), now.incarnation(), now.sequence()));
    }
    Remembered before =
        toKeep.containsKey(stamp.node()) ? toKeep.get(stamp.node()) : kept.get(stamp.node());
    if (before == null || isNew(before, now)) {
      toKeep.put(stamp.node(), now);
      changes.add(seen(now));
    } else if (!now.lastSeen().isBefore(before.lastSeen().plus(KEPT_EVERY))) {
      aged.put(stamp.node(), now);
    }
  }

  private static boolean isNew(Remembered before, Remembered now) {
    return before.incarnation() != now.incarnation()
        || before.left() != now.left()
        || !before.interval().equals(now.interval())
        || !before.description().equals(now.description());
  }

  private static Change seen(Remembered node) {
    return new Change.NodeSeen(
        node.description().node(),
        node.incarnation(),
        node.sequence(),
        node.lastSeen(),
        node.interval(),
        node.left());
  }

  private static boolean isNewer(EventStamp stamp, Remembered known) {
    return stamp.incarnation() > known.incarnation()
        || (stamp.incarnation() == known.incarnation() && stamp.sequence() > known.sequence());
  }

  /** How far the nodes' clocks are from ours. */
  public ClockSkews clocks() {
    return clocks;
  }

  /** Has this called when a node's clock is wrong, and again while it stays so; returns quickly. */
  public void onWrongClock(Consumer<ClockSkews.Finding> listener) {
    onWrongClock = listener;
  }

  // --- Who has announced itself ---

  private void noteAnnounced(PresenceEvent event) {
    String node = event.stamp().node();
    if (event instanceof PresenceEvent.Alive alive) {
      beats.put(node, alive);
    }
    if (nodes.containsKey(node)) {
      announced.add(node);
      strangers.remove(node);
    } else {
      strangers.put(node, event.stamp().env());
    }
  }

  /** Has this called after events were taken in; returns quickly. */
  void onAnnounced(Runnable listener) {
    onAnnounced = listener;
  }

  /** Nodes that were seen here since the connection was made, and are known. */
  boolean hasAnnounced(String node) {
    return announced.contains(node);
  }

  /** What was missed while there was no connection has to be announced again. */
  void expectAnnouncements() {
    announced.clear();
  }

  /** How busy a node said it is in its newest beat; empty if it has not said so here. */
  Optional<Load> load(String node) {
    return Optional.ofNullable(loads.get(node));
  }

  /** Whether a node has ever described itself. */
  boolean isDescribed(String node) {
    return nodes.containsKey(node);
  }

  /** What a node last said about itself, or what a backend lists of it. */
  public Optional<NodeDescription> description(String node) {
    return Optional.ofNullable(nodes.get(node))
        .map(Remembered::description)
        .or(() -> listed.get().stream().filter(target -> target.node().equals(node)).findFirst());
  }

  /** How busy a node has said that it is, in its last heartbeat that arrived here. */
  public Optional<PresenceEvent.Alive> lastBeat(String node) {
    return Optional.ofNullable(beats.get(node));
  }

  /** When a node that describes itself was last seen. */
  public Optional<Instant> lastSeen(String node) {
    return Optional.ofNullable(nodes.get(node)).map(Remembered::lastSeen);
  }

  /** The names of the targets that are listed and have never described themselves. */
  Set<String> listed() {
    return listed.get().stream()
        .map(NodeDescription::node)
        .filter(node -> !nodes.containsKey(node))
        .collect(Collectors.toSet());
  }

  /** The environment of a node that was seen and has not described itself. */
  Optional<String> environmentOfStranger(String node) {
    return Optional.ofNullable(strangers.get(node));
  }

  /** Takes in what other replicas have received and this one may not have. */
  void refresh() {
    for (Remembered stored : store.nodes().all()) {
      String node = stored.description().node();
      nodes.merge(node, stored, Presence::newer);
      kept.merge(node, stored, Presence::newer);
      strangers.remove(node);
    }
  }

  private static Remembered newer(Remembered here, Remembered there) {
    boolean isNewer =
        new EventVersion(there.incarnation(), there.sequence())
            .isAfter(new EventVersion(here.incarnation(), here.sequence()));
    return isNewer ? there : here;
  }

  /** Forgets a node, until it is seen again. */
  public void forget(String node) {
    announced.remove(node);
    strangers.remove(node);
    beats.remove(node);
    clocks.forget(node);
    loads.remove(node);
    nodes.remove(node);
    kept.remove(node);
  }

  /** Whether a node of this name has described itself and not left, or a backend lists it. */
  public boolean knows(String name) {
    Remembered node = nodes.get(name);
    return node == null
        ? listed.get().stream().anyMatch(target -> target.node().equals(name))
        : !node.left();
  }

  /** All nodes that have not left, and all listed targets, sorted by name. */
  public List<Node> nodes() {
    return known().map(this::view).toList();
  }

  /** The descriptions behind {@link #nodes()}, in the same order. */
  Stream<Remembered> known() {
    Map<String, Remembered> all = new HashMap<>(nodes);
    Instant now = clock.instant();
    listed.get().forEach(target -> all.putIfAbsent(target.node(), listed(target, now)));
    return all.values().stream()
        .filter(node -> !node.left())
        .sorted(Comparator.comparing(node -> node.description().node()));
  }

  private static Remembered listed(NodeDescription target, Instant now) {
    return new Remembered(target, 0, 0, now, DEFAULT_INTERVAL, false);
  }

  Node view(Remembered node) {
    NodeDescription description = node.description();
    return new Node(
        description.node(),
        description.env(),
        description.apps(),
        description.roles(),
        description.tags(),
        withClock(description),
        node.lastSeen(),
        isPresent(node));
  }

  /** A wrong clock is a fact about a node, which it does not know itself. */
  private Map<String, String> withClock(NodeDescription description) {
    return clocks
        .describe(description.node())
        .map(skew -> {
          Map<String, String> facts = new HashMap<>(description.facts());
          facts.put(CLOCK_FACT, skew);
          return facts;
        })
        .orElse(description.facts());
  }

  private boolean isPresent(Remembered node) {
    Duration patience = node.interval().multipliedBy(MISSED_BEATS);
    if (patience.compareTo(SHORTEST_PATIENCE) < 0) {
      patience = SHORTEST_PATIENCE;
    }
    Instant now = clock.instant();
    return Duration.between(node.lastSeen(), now).compareTo(patience) <= 0;
  }
}
