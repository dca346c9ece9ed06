package dev.bandmaster.core.fleet;

import dev.bandmaster.core.fleet.Detection.NodeLate;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.Load;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.PresenceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A fleet and a detector in a world whose time is in seconds and passes when the story says so.
 * Every second the nodes that are on beat, if it is their turn, and the detector looks. Everything
 * it decides is kept at once, as a store would, so that it can start again from there.
 */
final class Story {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final int INTERVAL = 10;

  private DetectorRules rules;
  private Detector detector;
  private final Map<String, Node> nodes = new HashMap<>();
  private final Set<String> poisoned = new HashSet<>();
  private final NodeGuard guard = this::run;
  private final Map<String, NodeRecord> store = new HashMap<>();
  private final List<Said> said = new ArrayList<>();
  private final List<String> probed = new ArrayList<>();
  private List<Incident> incidents = List.of();
  private Optional<Instant> tick = Optional.empty();
  private BusHealth health = BusHealth.CLEAR;
  private boolean asleep;
  private long second;

  /** Something that was found, and when, in seconds. */
  record Said(long second, Detection finding) {}

  private static final class Node {
    private final String environment;
    private final int offset;
    private long incarnation = 1;
    private long sequence;
    private boolean on = true;

    Node(String environment, int offset) {
      this.environment = environment;
      this.offset = offset;
    }
  }

  Story() {
    this(DetectorRules.standard("main"));
  }

  Story(DetectorRules rules) {
    this.rules = rules;
    this.detector = new Detector(rules, guard, START);
    detector.takeUp(List.of(), List.of(), Optional.empty(), START);
  }

  Instant now() {
    return START.plusSeconds(second);
  }

  // --- What happens ---

  /** Nodes of an environment, numbered from 1. */
  Story nodes(String environment, String prefix, int count) {
    IntStream.rangeClosed(1, count)
        .forEach(i -> nodes.put(prefix + i, new Node(environment, i % INTERVAL)));
    return this;
  }

  private Node node(String name) {
    return Optional.ofNullable(nodes.get(name)).orElseThrow();
  }

  Story silence(String... names) {
    for (String name : names) {
      node(name).on = false;
    }
    return this;
  }

  Story wake(String... names) {
    for (String name : names) {
      node(name).on = true;
    }
    return this;
  }

  Story silenceAll(String environment) {
    nodes.values().stream()
        .filter(node -> node.environment.equals(environment))
        .forEach(node -> node.on = false);
    return this;
  }

  Story wakeAll() {
    nodes.values().forEach(node -> node.on = true);
    return this;
  }

  /** The agent is restarted. */
  Story restart(String name) {
    Node node = node(name);
    node.incarnation++;
    node.sequence = 0;
    node.on = true;
    return this;
  }

  /** The node says goodbye. */
  Story leave(String name) {
    detector.receive(new PresenceEvent.Leave(stamp(name, now())), now());
    return silence(name);
  }

  /** One beat out of turn. */
  Story beat(String name) {
    return beatSentAt(name, now());
  }

  Story beatSentAt(String name, Instant sent) {
    detector.receive(alive(name, sent), now());
    return this;
  }

  /** The node shows itself, as it does when it is asked to. */
  Story introduce(String name) {
    detector.receive(
        new PresenceEvent.Update(
            stamp(name, now()),
            new NodeDescription(
                name,
                "main",
                node(name).environment,
                Map.of("web", "1.4.2"),
                List.of(),
                List.of(),
                Map.of(),
                List.of())),
        now());
    return this;
  }

  PresenceEvent alive(String name, Instant sent) {
    return new PresenceEvent.Alive(
        stamp(name, sent), new Load(0.5, 2), Duration.ofSeconds(INTERVAL), 0, "hash");
  }

  private EventStamp stamp(String name, Instant sent) {
    Node node = node(name);
    node.sequence++;
    return new EventStamp(
        name, node.environment, "boot-" + node.incarnation, node.incarnation, node.sequence, sent);
  }

  /** What was delivered once is delivered again. */
  Story deliver(PresenceEvent event) {
    detector.receive(event, now());
    return this;
  }

  Story happens(String name, NodeEvent event) {
    detector.happened(name, event, now());
    return this;
  }

  /** From now on the bot sees so well. */
  Story sees(BusHealth other) {
    health = other;
    return this;
  }

  /** The bot sleeps, as a machine does that is suspended; the nodes beat on unheard. */
  Story sleeps() {
    asleep = true;
    return this;
  }

  Story wakesUp() {
    asleep = false;
    return this;
  }

  /** The bot ended, and another one starts on the same store. */
  Story restarts() {
    asleep = false;
    detector = new Detector(rules, guard, now());
    detector.takeUp(List.copyOf(store.values()), incidents, tick, now());
    return this;
  }

  /** From now on whatever is calculated with this node's record as it is kept throws. */
  Story poison(String name) {
    store.computeIfPresent(
        name,
        (node, life) -> {
          LastSeen seen = life.lastSeen();
          return life.with(
              new LastSeen(
                  seen.version(),
                  seen.at(),
                  Duration.ofSeconds(Long.MAX_VALUE),
                  seen.leaving(),
                  seen.unansweredSince()));
        });
    poisoned.add(name);
    return restarts();
  }

  private boolean run(String node, Runnable work) {
    try {
      work.run();
      return true;
    } catch (ArithmeticException e) {
      if (!poisoned.contains(node)) {
        throw e;
      }
      return false;
    }
  }

  Story expecting(String... names) {
    rules = rules.expecting(Set.of(names));
    return restarts();
  }

  /** Lets time pass until this second. */
  Story until(long end) {
    while (second < end) {
      second++;
      beats();
      if (!asleep) {
        look();
      }
    }
    return this;
  }

  private void beats() {
    boolean receiving = !asleep && health.connected();
    nodes.forEach((name, node) -> {
      if (node.on && second % INTERVAL == node.offset) {
        PresenceEvent beat = alive(name, now());
        if (receiving) {
          detector.receive(beat, now());
        }
      }
    });
  }

  private void look() {
    boolean more;
    do {
      Decision decision = detector.decide(health, now());
      decision
          .transitions()
          .forEach(transition ->
              transition
                  .after()
                  .ifPresentOrElse(
                      life -> store.put(life.node(), life), () -> store.remove(transition.node())));
      incidents = decision.incidents();
      decision.findings().stream()
          .filter(finding -> !(finding instanceof NodeLate))
          .forEach(finding -> said.add(new Said(second, finding)));
      probed.addAll(decision.probes());
      detector.accept(decision, now());
      more = decision.isMore();
    } while (more);
    if (second % 5 == 0) {
      List<NodeRecord> unkept = detector.takeUnkept(Integer.MAX_VALUE);
      unkept.forEach(life -> store.computeIfPresent(life.node(), (node, before) -> life));
      detector.kept(unkept);
      tick = Optional.of(now());
    }
  }

  // --- What came of it ---

  Detector detector() {
    return detector;
  }

  NodeState state(String name) {
    return detector.life(name).map(NodeRecord::state).orElseThrow();
  }

  Optional<NodeState> kept(String name) {
    return Optional.ofNullable(store.get(name)).map(NodeRecord::state);
  }

  List<String> probed() {
    return List.copyOf(probed);
  }

  List<Said> said() {
    return List.copyOf(said);
  }

  /** What was found, one line each, such as {@code 41 NodeDown web1}. */
  List<String> lines() {
    return said.stream().map(each -> each.second() + " " + words(each.finding())).toList();
  }

  Story forgetWhatWasSaid() {
    said.clear();
    return this;
  }

  static String words(Detection finding) {
    String what = finding.getClass().getSimpleName();
    return switch (finding) {
      case Detection.MassLoss loss ->
          "%s %s %d of %d"
              .formatted(what, loss.labels().environment(), loss.silent().size(), loss.total());
      case Detection.Isolated isolated -> what + " " + isolated.total();
      case Detection.BusUnreachable bus -> what + (bus.connected() ? " mute" : " away");
      case Detection.IncidentOver over ->
          "%s %s %s of %d".formatted(what, over.kind(), names(over.missing()), over.total());
      case Detection.DigestAfterAbsence digest ->
          "%s %d-%d %s of %d"
              .formatted(
                  what,
                  Duration.between(START, digest.from()).toSeconds(),
                  Duration.between(START, digest.to()).toSeconds(),
                  names(digest.missing()),
                  digest.total());
      case Detection.NodeBack back -> "%s %s %s".formatted(what, back.labels().node(), back.now());
      case Detection.FlappingEnded ended ->
          "%s %s %s".formatted(what, ended.labels().node(), ended.now());
      case Detection.NodeDown _,
          Detection.NodeLate _,
          Detection.NeverSeen _,
          Detection.Zombie _,
          Detection.FlappingBegan _ ->
          what + " " + finding.labels().node();
    };
  }

  private static String names(List<String> names) {
    return names.size() > 5
        ? Integer.toString(names.size())
        : new TreeSet<>(names).stream().collect(Collectors.joining(",", "[", "]"));
  }
}
