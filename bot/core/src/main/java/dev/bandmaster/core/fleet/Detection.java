package dev.bandmaster.core.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that the detector found and that somebody may want to know. Most begin an alert, or end
 * one: {@link #begins} and {@link #ends} are the keys of these alerts, the same for every finding
 * about the same thing. A finding that begins what has begun already says how it goes on.
 */
public sealed interface Detection {

  NodeLabels labels();

  /** When it was found. */
  Instant at();

  /** The key of the alert that begins with this, or goes on. */
  Optional<String> begins();

  /** The keys of the alerts that end with this. */
  List<String> ends();

  /** A node has been silent for its whole timeout. */
  record NodeDown(NodeLabels labels, Instant at, Instant lastSeen, List<String> ends)
      implements Detection {
    public NodeDown {
      ends = List.copyOf(ends);
    }

    @Override
    public Optional<String> begins() {
      return Optional.of(key(NotifiedState.DOWN, labels.node()));
    }
  }

  /** A node's beat is overdue: nobody needs to be notified. */
  record NodeLate(NodeLabels labels, Instant at) implements Detection {
    @Override
    public Optional<String> begins() {
      return Optional.empty();
    }

    @Override
    public List<String> ends() {
      return List.of();
    }
  }

  /**
   * What people were notified of is over.
   *
   * @param was what was reported
   * @param now how it is: up, or gone on purpose
   */
  record NodeBack(NodeLabels labels, Instant at, NotifiedState was, NodeState now)
      implements Detection {
    @Override
    public Optional<String> begins() {
      return Optional.empty();
    }

    @Override
    public List<String> ends() {
      return List.of(key(was, labels.node()));
    }
  }

  /** An expected node has not been seen since the bot began to expect it. */
  record NeverSeen(NodeLabels labels, Instant at, Instant expectedSince) implements Detection {
    @Override
    public Optional<String> begins() {
      return Optional.of(key(NotifiedState.NEVER_SEEN, labels.node()));
    }

    @Override
    public List<String> ends() {
      return List.of();
    }
  }

  /** A node beats and answers nothing else. */
  record Zombie(NodeLabels labels, Instant at, List<String> ends) implements Detection {
    public Zombie {
      ends = List.copyOf(ends);
    }

    @Override
    public Optional<String> begins() {
      return Optional.of(key(NotifiedState.ZOMBIE, labels.node()));
    }
  }

  /** A node goes down and comes back again and again; nothing more is said until that is over. */
  record FlappingBegan(NodeLabels labels, Instant at, List<String> ends) implements Detection {
    public FlappingBegan {
      ends = List.copyOf(ends);
    }

    @Override
    public Optional<String> begins() {
      return Optional.of(key(NotifiedState.FLAPPING, labels.node()));
    }
  }

  /**
   * A node has become steady.
   *
   * @param now how it is; when it is down, this begins the alert that it is
   */
  record FlappingEnded(NodeLabels labels, Instant at, NodeState now) implements Detection {
    @Override
    public Optional<String> begins() {
      return now == NodeState.DOWN
          ? Optional.of(key(NotifiedState.DOWN, labels.node()))
          : Optional.empty();
    }

    @Override
    public List<String> ends() {
      return List.of(key(NotifiedState.FLAPPING, labels.node()));
    }
  }

  /**
   * Half of a part of the fleet or more fell silent at once. Nothing is said of its single nodes.
   *
   * @param silent their names, sorted
   * @param total how many nodes there are in that part
   */
  record MassLoss(NodeLabels labels, Instant at, List<String> silent, int total)
      implements Detection {
    public MassLoss {
      silent = List.copyOf(silent);
    }

    @Override
    public Optional<String> begins() {
      return Optional.of(key(Incident.Kind.MASS_LOSS, new FleetScope(labels.environment())));
    }

    @Override
    public List<String> ends() {
      return List.of();
    }
  }

  /** All nodes fell silent at once: more likely than that they all failed is that we are alone. */
  record Isolated(NodeLabels labels, Instant at, int total) implements Detection {
    @Override
    public Optional<String> begins() {
      return Optional.of(key(Incident.Kind.ISOLATED, FleetScope.FLEET));
    }

    @Override
    public List<String> ends() {
      return List.of();
    }
  }

  /**
   * The broker is away, or it is there and not one beat comes from it.
   *
   * @param connected whether the broker is there
   * @param since from when on nothing was seen
   */
  record BusUnreachable(NodeLabels labels, Instant at, boolean connected, Instant since)
      implements Detection {
    @Override
    public Optional<String> begins() {
      return Optional.of(key(Incident.Kind.BUS, FleetScope.FLEET));
    }

    @Override
    public List<String> ends() {
      return List.of();
    }
  }

  /**
   * An incident is over, and this is who has not come back; each of them is down from now on.
   *
   * @param missing their names, sorted
   * @param total how many nodes there are in that part of the fleet
   */
  record IncidentOver(
      NodeLabels labels, Instant at, Incident.Kind kind, List<String> missing, int total)
      implements Detection {
    public IncidentOver {
      missing = List.copyOf(missing);
    }

    @Override
    public Optional<String> begins() {
      return missing.isEmpty()
          ? Optional.empty()
          : Optional.of("still_missing:" + labels.environment() + ":" + at.toEpochMilli());
    }

    @Override
    public List<String> ends() {
      return List.of(key(kind, new FleetScope(labels.environment())));
    }
  }

  /**
   * The bot itself was away, and these nodes have not been seen since.
   *
   * @param from the last time at which it is known to have watched
   * @param to when it watched again
   * @param missing their names, sorted
   * @param total how many nodes there are
   */
  record DigestAfterAbsence(
      NodeLabels labels, Instant at, Instant from, Instant to, List<String> missing, int total)
      implements Detection {
    public DigestAfterAbsence {
      missing = List.copyOf(missing);
    }

    @Override
    public Optional<String> begins() {
      return Optional.of("absence:" + from.toEpochMilli());
    }

    @Override
    public List<String> ends() {
      return List.of();
    }
  }

  private static String key(NotifiedState notified, String node) {
    return switch (notified) {
          case DOWN -> "node_down:";
          case NEVER_SEEN -> "never_seen:";
          case ZOMBIE -> "zombie:";
          case FLAPPING -> "flapping:";
          case NOTHING ->
              throw new IllegalArgumentException("no notification was sent for " + node);
        }
        + node;
  }

  private static String key(Incident.Kind kind, FleetScope scope) {
    return switch (kind) {
      case MASS_LOSS -> "mass_heartbeat_loss:" + scope.environment();
      case ISOLATED -> "bus_or_bot_isolated";
      case BUS -> "bus_unreachable";
      case ABSENCE -> "absence";
    };
  }

  /** The notification when one thing holds of a node instead of another. */
  static Detection about(
      NodeRecord life, NotifiedState before, NotifiedState after, DetectorRules rules, Instant at) {
    Severity failure =
        rules.critical().contains(life.environment()) ? Severity.CRITICAL : Severity.WARNING;
    NodeLabels labels = NodeLabels.of(life, rules, failure);
    List<String> ends = new ArrayList<>();
    if (before != NotifiedState.NOTHING) {
      ends.add(key(before, life.node()));
    }
    if (before == NotifiedState.FLAPPING && after != NotifiedState.ZOMBIE) {
      return new FlappingEnded(labels, at, life.state());
    }
    return switch (after) {
      case NOTHING -> new NodeBack(labels, at, before, life.state());
      case DOWN -> new NodeDown(labels, at, life.lastSeen().at(), ends);
      case NEVER_SEEN -> new NeverSeen(labels, at, life.standing().since());
      case ZOMBIE -> new Zombie(labels, at, ends);
      case FLAPPING -> new FlappingBegan(labels, at, ends);
    };
  }
}
