package dev.bandmaster.core.fleet;

import dev.bandmaster.model.PresenceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Watches a whole fleet: notes what is seen, and concludes from it and from silence, when it is
 * asked to, what became of which node and who is to be notified of what. Conclusions count only
 * after they are kept: {@link #decide} is followed by {@link #accept} or {@link #retract}.
 *
 * <p>A node of which something throws is left out, and counts for nothing, until the guard lets it
 * be tried again and nothing throws. All others are decided on meanwhile.
 *
 * <p>It has no clock and no store. To be used by one thread at a time; {@link #life} may be asked
 * by any.
 */
public final class Detector {

  /** Nodes in one decision, so that its commit holds up nobody for long. */
  private static final int MOST = 1_000;

  private final DetectorRules rules;
  private final NodeGuard guard;
  private final Set<String> faulty = new HashSet<>();
  private final Map<String, NodeRecord> lives = new ConcurrentHashMap<>();
  private final Map<String, NodeRecord> kept = new HashMap<>();
  private final Set<String> unkept = new LinkedHashSet<>();
  private final Set<String> pending = new LinkedHashSet<>();
  private final List<String> deciding = new ArrayList<>();
  private final List<String> probes = new ArrayList<>();
  private final DeadlineQueue alarms = new DeadlineQueue();
  private List<Incident> incidents = List.of();
  private Instant lastReceived = Instant.EPOCH;
  private SelfCheck selfCheck;

  /** A detector that knows nobody yet. */
  public Detector(DetectorRules rules, NodeGuard guard, Instant now) {
    this.rules = rules;
    this.guard = guard;
    this.selfCheck = new SelfCheck(Optional.empty(), rules.observerGrace(), now);
  }

  /**
   * Goes on where somebody left off.
   *
   * @param remembered the nodes as they are kept
   * @param open the incidents that were not over
   * @param watched when somebody last watched, if ever
   */
  public void takeUp(
      Collection<NodeRecord> remembered,
      List<Incident> open,
      Optional<Instant> watched,
      Instant now) {
    kept.clear();
    alarms.clear();
    unkept.clear();
    retract();
    remembered.forEach(life -> {
      kept.put(life.node(), life);
      lives.merge(life.node(), life, Detector::newest);
      attempt(life.node(), () -> lives.merge(life.node(), believed(life), Detector::newest));
    });
    rules
        .expected()
        .forEach(node ->
            lives.computeIfAbsent(
                node, name -> NodeRecord.expected(name, now, rules.startupGrace())));
    incidents = List.copyOf(open);
    selfCheck = new SelfCheck(watched, rules.observerGrace(), now);
    pending.addAll(lives.keySet());
  }

  /** Deadlines are kept only now and then; the true one may be later by half a timeout. */
  private NodeRecord believed(NodeRecord life) {
    return life.state().isWatched()
        ? life.until(life.deadline().plus(unkeptFor(life)).plus(SelfCheck.LONGEST_BLINK))
        : life;
  }

  private Duration unkeptFor(NodeRecord life) {
    return DetectorRules.half(rules.timeout(life.lastSeen().interval()));
  }

  private static NodeRecord newest(NodeRecord here, NodeRecord there) {
    boolean receivedHere = here.lastSeen().version().isAfter(there.lastSeen().version());
    return receivedHere ? here.with(there.standing()) : there;
  }

  /**
   * Runs work on a node that is not left out. If it throws, the node is left out from now on.
   *
   * @return whether the work ran to its end
   */
  private boolean attempt(String node, Runnable work) {
    if (faulty.contains(node)) {
      return false;
    }
    boolean isDone = guard.run(node, work);
    if (!isDone) {
      faulty.add(node);
    }
    return isDone;
  }

  // --- What happens ---

  /** A node said something, and it has just arrived. */
  public void receive(PresenceEvent event, Instant now) {
    String node = event.stamp().node();
    NodeRecord before = lives.get(node);
    NodeRecord life = before != null ? before : NodeRecord.stranger(node, event.stamp().env(), now);
    if (take(life, new NodeEvent.Received(event), now)) {
      lastReceived = now;
    }
  }

  /** Something happened to a node; nothing if nobody knows it. */
  public void happened(String node, NodeEvent event, Instant now) {
    NodeRecord life = lives.get(node);
    if (life != null) {
      take(life, event, now);
    }
  }

  private boolean take(NodeRecord before, NodeEvent event, Instant now) {
    NodeMachine.Step step = NodeMachine.apply(before, event, rules, now);
    NodeRecord after = step.life();
    if (after.equals(before)) {
      return false;
    }
    lives.put(after.node(), after);
    if (step.effects().contains(new NodeEffect.Probe())) {
      probes.add(after.node());
    }
    NodeRecord stored = kept.get(after.node());
    boolean goesOn =
        stored != null
            && stored.standing().equals(after.standing())
            && before.lastSeen().interval().equals(after.lastSeen().interval())
            && after.state() == NodeState.UP
            && !after.lastSeen().leaving()
            && after.lastSeen().unansweredSince().isEmpty();
    if (!goesOn) {
      pending.add(after.node());
    } else if (stored != null && isToBeKept(stored, after, now)) {
      unkept.add(after.node());
    }
    return true;
  }

  /** Half a timeout before its kept deadline runs out a node's newest one is kept. */
  private boolean isToBeKept(NodeRecord stored, NodeRecord life, Instant now) {
    return !now.plus(unkeptFor(life)).isBefore(stored.deadline())
        || !stored.environment().equals(life.environment())
        || !stored.applications().equals(life.applications());
  }

  /** Nothing of a node is known any more, until it is seen again. */
  public void forget(String node) {
    lives.remove(node);
    kept.remove(node);
    pending.remove(node);
    unkept.remove(node);
    faulty.remove(node);
  }

  // --- What is known ---

  /** A node as it is known now. */
  public Optional<NodeRecord> life(String node) {
    return Optional.ofNullable(lives.get(node));
  }

  /** All nodes as they are known now, in no order. */
  public Collection<NodeRecord> lives() {
    return List.copyOf(lives.values());
  }

  public List<Incident> incidents() {
    return incidents;
  }

  // --- What is to be kept beside decisions ---

  /** Nodes whose newest deadline should be kept, at most so many; each is returned once. */
  public List<NodeRecord> takeUnkept(int most) {
    List<NodeRecord> taken = new ArrayList<>();
    Iterator<String> nodes = unkept.iterator();
    while (nodes.hasNext() && taken.size() < most) {
      life(nodes.next()).ifPresent(taken::add);
      nodes.remove();
    }
    return taken;
  }

  /** These are kept as they were taken. */
  public void kept(List<NodeRecord> taken) {
    taken.forEach(life -> kept.computeIfPresent(life.node(), (node, before) -> life));
  }

  /** These could not be kept; they are to be tried again. */
  public void notKept(List<NodeRecord> taken) {
    taken.forEach(life -> unkept.add(life.node()));
  }

  // --- What is concluded ---

  /** Concludes what can be concluded at this time. */
  public Decision decide(BusHealth health, Instant now) {
    retract();
    Draft draft = new Draft(now);
    selfCheck.closedSince(now).ifPresent(draft::didNotLook);
    switch (selfCheck.see(health, now)) {
      case SelfCheck.View.Blind(Instant since) -> draft.isBlind(since);
      case SelfCheck.View.Back(Instant since) -> draft.seesAgain(since);
      case SelfCheck.View.Blurred() -> {
        // What is not seen clearly is not judged.
      }
      case SelfCheck.View.Clear(Instant connected) -> draft.conclude(connected);
    }
    return draft.decision();
  }

  /** The decision is kept: from now on it counts. */
  public void accept(Decision decision, Instant now) {
    for (NodeTransition transition : decision.transitions()) {
      transition.after().ifPresentOrElse(this::acceptLife, () -> forget(transition.node()));
    }
    incidents = decision.incidents();
    for (String node : deciding) {
      attempt(
          node,
          () ->
              life(node)
                  .flatMap(life -> NodeMachine.nextLook(life, rules, now))
                  .ifPresent(at -> alarms.set(node, at)));
    }
    deciding.clear();
  }

  /** What was seen since the decision is not undone by it. */
  private void acceptLife(NodeRecord after) {
    kept.put(after.node(), after);
    unkept.remove(after.node());
    lives.computeIfPresent(after.node(), (node, newest) -> newest.with(after.standing()));
  }

  /** The decision could not be kept: all of it is to be made again. */
  public void retract() {
    pending.addAll(deciding);
    deciding.clear();
  }

  /** The store did not take a decision: until it does for a while, nothing is concluded. */
  public void storeFailed() {
    retract();
    selfCheck.blur();
  }

  /** A decision in the making. */
  private final class Draft {
    private final Instant now;
    private final Incidents open = new Incidents(incidents);
    private final Map<String, NodeMachine.Step> steps = new HashMap<>();
    private final List<Detection> findings = new ArrayList<>();

    Draft(Instant now) {
      this.now = now;
    }

    /** The nodes that can be counted. */
    private List<NodeRecord> counted() {
      return lives.values().stream()
          .filter(life ->
              attempt(
                  life.node(),
                  () -> {
                    var _ = FleetCounts.of(List.of(life), rules, now);
                  }))
          .toList();
    }

    /** Takes back those that were left out and of which nothing throws any more. */
    private void tryAgain() {
      for (String node : List.copyOf(faulty)) {
        NodeRecord life = lives.get(node);
        if (life == null || guard.run(node, () -> tryAgain(life))) {
          faulty.remove(node);
          pending.add(node);
        }
      }
    }

    /** Silence is not held against a node while it was left out: it has a whole timeout. */
    private void tryAgain(NodeRecord life) {
      var _ = FleetCounts.of(List.of(life), rules, now);
      var _ = NodeMachine.apply(life, new NodeEvent.TimePassed(false), rules, now);
      Instant until = now.plus(rules.timeout(life.lastSeen().interval()));
      NodeRecord excused = NodeMachine.apply(life, new NodeEvent.Excused(until), rules, now).life();
      lives.put(life.node(), excused);
      unkept.add(life.node());
    }

    // What the bot itself went through.

    void didNotLook(Instant since) {
      if (isLong(since)) {
        replaced(open.away(since, now, FleetCounts.patience(counted(), rules)));
        excuse(life -> true);
      } else {
        excuse(Duration.between(since, now));
      }
    }

    private boolean isLong(Instant since) {
      return Duration.between(since, now).compareTo(SelfCheck.LONGEST_BLINK) > 0;
    }

    void isBlind(Instant since) {
      if (!now.isBefore(since.plus(SelfCheck.LONGEST_BLINK)) && open.deafness().isEmpty()) {
        openBus(false, since);
      }
    }

    void seesAgain(Instant since) {
      if (open.ofFleet().isPresent() || isLong(since)) {
        open.watchAgain(now, FleetCounts.patience(counted(), rules));
        excuse(life -> true);
      } else {
        excuse(Duration.between(since, now));
      }
    }

    private void openBus(boolean connected, Instant since) {
      Duration patience = FleetCounts.patience(counted(), rules);
      replaced(open.open(Incident.Kind.BUS, FleetScope.FLEET, since, now, patience, 0));
      findings.add(
          new Detection.BusUnreachable(
              NodeLabels.of(FleetScope.FLEET, rules, Severity.CRITICAL), now, connected, since));
    }

    /** What these said is said by another one from now on, and by them no more. */
    private void replaced(List<Incident> incidents) {
      incidents.forEach(incident ->
          incident.over(List.of(), incident.said(), rules, now).ifPresent(findings::add));
    }

    /** Silence until now is held against nobody: everybody has a whole timeout from now on. */
    private void excuse(Predicate<NodeRecord> who) {
      excuse(life -> now.plus(rules.timeout(life.lastSeen().interval())), who);
    }

    /** Everybody has so much longer. */
    private void excuse(Duration blind) {
      excuse(life -> life.deadline().plus(blind), life -> true);
    }

    private void excuse(Function<NodeRecord, Instant> until, Predicate<NodeRecord> who) {
      lives.replaceAll((node, life) -> {
        if (!who.test(life)) {
          return life;
        }
        List<NodeRecord> excused = new ArrayList<>(1);
        attempt(
            node,
            () ->
                excused.add(
                    NodeMachine.apply(life, new NodeEvent.Excused(until.apply(life)), rules, now)
                        .life()));
        if (excused.isEmpty() || excused.getFirst().equals(life)) {
          return life;
        }
        unkept.add(node);
        return excused.getFirst();
      });
    }

    // What became of the nodes.

    void conclude(Instant connected) {
      tryAgain();
      if (isDeaf(connected)) {
        openBus(true, lastReceived.isAfter(Instant.EPOCH) ? lastReceived : connected);
      }
      Optional<Incident> suspending = open.suspending();
      if (suspending.isPresent()) {
        Incident incident = suspending.get();
        if (lastReceived.isAfter(incident.watching())) {
          settle(incident);
        } else if (incident.isTooLong(now)) {
          open.replace(incident, incident.settlingAt(now));
        } else {
          return;
        }
      }
      alarms.due(now, MOST, pending);
      Iterator<String> nodes = pending.iterator();
      while (nodes.hasNext() && deciding.size() < MOST) {
        String node = nodes.next();
        nodes.remove();
        NodeRecord life = lives.get(node);
        if (life != null && step(life, open.inhibits(life))) {
          deciding.add(node);
        }
      }
      lookForMassLoss(connected);
      noticeReturns();
      noticeGrowth();
      if (pending.isEmpty()) {
        open.over(now).forEach(this::close);
      }
    }

    /** Whether the broker is there and not one beat has come from it. */
    private boolean isDeaf(Instant connected) {
      if (lastReceived.isAfter(connected) || open.deafness().isPresent()) {
        return false;
      }
      List<Duration> timeouts =
          counted().stream()
              .filter(life -> life.state().isWatched())
              .map(life -> rules.timeout(life.lastSeen().interval()))
              .toList();
      return timeouts.size() >= FleetCounts.FEWEST
          && timeouts.stream().allMatch(timeout -> !now.isBefore(connected.plus(timeout)));
    }

    /** The nodes that are being decided on, as they were before. */
    private Stream<NodeRecord> decided() {
      return deciding.stream().flatMap(node -> life(node).stream());
    }

    private boolean step(NodeRecord life, boolean inhibited) {
      return step(life, new NodeEvent.TimePassed(inhibited));
    }

    private boolean step(NodeRecord life, NodeEvent event) {
      boolean isDone =
          attempt(
              life.node(),
              () -> steps.put(life.node(), NodeMachine.apply(life, event, rules, now)));
      if (!isDone) {
        steps.remove(life.node());
        deciding.remove(life.node());
      }
      return isDone;
    }

    private List<NodeRecord> fallen(Predicate<NodeRecord> who) {
      return decided()
          .filter(life -> life.state() != NodeState.DOWN && after(life).state() == NodeState.DOWN)
          .filter(who)
          .toList();
    }

    private NodeRecord after(NodeRecord life) {
      NodeMachine.Step step = steps.get(life.node());
      return step == null ? life : step.life();
    }

    private void lookForMassLoss(Instant connected) {
      List<NodeRecord> fallen =
          fallen(life -> !open.inhibits(life) && !life.standing().isQuiet(now));
      if (fallen.isEmpty()) {
        return;
      }
      FleetCounts counts = FleetCounts.of(counted(), rules, now);
      FleetCounts.Count fleet = counts.in(FleetScope.FLEET);
      if (fleet.isAll()) {
        if (lastReceived.isAfter(connected)) {
          isolated(fleet);
        } else {
          openBus(true, fleet.lastSeen());
        }
        spare();
        return;
      }
      fallen.stream()
          .map(life -> new FleetScope(life.environment()))
          .distinct()
          .filter(scope -> counts.in(scope).isMost())
          .forEach(scope -> massLoss(scope, counts.in(scope)));
    }

    private void isolated(FleetCounts.Count fleet) {
      replaced(
          open.open(
              Incident.Kind.ISOLATED,
              FleetScope.FLEET,
              fleet.lastSeen(),
              now,
              fleet.patience(),
              fleet.total()));
      findings.add(
          new Detection.Isolated(
              NodeLabels.of(FleetScope.FLEET, rules, Severity.CRITICAL), now, fleet.total()));
    }

    /** Nobody counts as down yet, since it may be the bot that receives nothing. */
    private void spare() {
      fallen(life -> true)
          .forEach(life -> {
            steps.remove(life.node());
            deciding.remove(life.node());
            pending.add(life.node());
          });
    }

    private void massLoss(FleetScope scope, FleetCounts.Count count) {
      open.open(
          Incident.Kind.MASS_LOSS,
          scope,
          count.lastSeen(),
          now,
          count.patience(),
          count.silent().size());
      say(scope, count);
      decided().filter(scope::holds).toList().forEach(life -> step(life, true));
    }

    private void say(FleetScope scope, FleetCounts.Count count) {
      findings.add(
          new Detection.MassLoss(
              NodeLabels.of(scope, rules, Severity.CRITICAL), now, count.silent(), count.total()));
    }

    /** The first beats that come back give everybody a new timeout, and the incident an end. */
    private void noticeReturns() {
      for (Incident incident : open.unsettled(Incident.Kind.MASS_LOSS)) {
        boolean isBack =
            decided()
                .filter(incident.scope()::holds)
                .filter(life -> life.state() == NodeState.LATE || life.state() == NodeState.DOWN)
                .anyMatch(life -> after(life).state() == NodeState.UP);
        if (isBack) {
          settle(incident);
        }
      }
    }

    private void settle(Incident incident) {
      excuse(incident.scope()::holds);
      open.replace(incident, incident.settlingAt(now.plus(incident.patience())));
    }

    /** Who falls silent later belongs to it too; people see the number grow, now and then. */
    private void noticeGrowth() {
      for (Incident incident : open.toBeUpdated(now)) {
        if (decided().anyMatch(incident.scope()::holds)) {
          FleetCounts.Count count = FleetCounts.of(counted(), rules, now).in(incident.scope());
          // Counted is counted, so that it is not done again for each of many decisions.
          int silent = count.silent().size();
          open.replace(incident, incident.saying(Math.max(silent, incident.said()), now));
          if (silent > incident.said()) {
            say(incident.scope(), count);
          }
        }
      }
    }

    private void close(Incident incident) {
      open.close(incident);
      List<NodeRecord> down =
          lives.values().stream()
              .map(this::after)
              .filter(incident.scope()::holds)
              .filter(life -> life.state() == NodeState.DOWN)
              .filter(life -> !life.standing().isQuiet(now))
              .toList();
      List<NodeRecord> missing =
          down.stream()
              .filter(life -> life.standing().notified() == NotifiedState.NOTHING)
              .toList();
      missing.forEach(life -> step(life, new NodeEvent.Named()));
      // Of these people know something else, and that has to be taken back.
      down.stream()
          .filter(life -> life.standing().notified() == NotifiedState.ZOMBIE)
          .forEach(life -> step(life, false));
      long others =
          lives.values().stream()
              .map(this::after)
              .filter(incident.scope()::holds)
              .filter(life -> life.state().isWatched())
              .count();
      List<String> names = missing.stream().map(NodeRecord::node).sorted().toList();
      incident.over(names, names.size() + (int) others, rules, now).ifPresent(findings::add);
    }

    Decision decision() {
      List<NodeTransition> transitions = new ArrayList<>();
      List<String> toProbe = new ArrayList<>(probes);
      probes.clear();
      steps.forEach((node, step) -> attempt(node, () -> add(node, step, transitions, toProbe)));
      return new Decision(
          transitions,
          findings,
          open.all(),
          !open.all().equals(incidents),
          toProbe,
          // Alarms may be due as well that were not taken yet.
          deciding.size() >= MOST);
    }

    private void add(
        String node,
        NodeMachine.Step step,
        List<NodeTransition> transitions,
        List<String> toProbe) {
      List<Detection> found = new ArrayList<>();
      List<String> asked = new ArrayList<>();
      Optional<NodeRecord> before = Optional.ofNullable(kept.get(node));
      boolean isForgotten = step.effects().contains(new NodeEffect.Forget());
      boolean isSame =
          before.map(NodeRecord::standing).filter(step.life().standing()::equals).isPresent();
      for (NodeEffect effect : step.effects()) {
        switch (effect) {
          case NodeEffect.Notify(NotifiedState was, NotifiedState is) ->
              found.add(Detection.about(step.life(), was, is, rules, now));
          case NodeEffect.Probe() -> {
            asked.add(node);
            found.add(
                new Detection.NodeLate(NodeLabels.of(step.life(), rules, Severity.INFO), now));
          }
          case NodeEffect.Forget() -> {
            // Said by the transition.
          }
        }
      }
      // Nothing of a node is concluded before all of it is.
      findings.addAll(found);
      toProbe.addAll(asked);
      if (isForgotten && before.isEmpty()) {
        lives.remove(node);
      } else if (isForgotten || !isSame) {
        transitions.add(
            new NodeTransition(before, isForgotten ? Optional.empty() : Optional.of(step.life())));
      }
    }
  }
}
