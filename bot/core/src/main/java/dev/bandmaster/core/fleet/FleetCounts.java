package dev.bandmaster.core.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many nodes of each part of the fleet fell silent within one timeout. */
final class FleetCounts {
  /** Fewer nodes than this are named one by one, whatever their share. */
  static final int FEWEST = 3;

  /** What a timeout may count for at most: an incident is not to wait for a node of a whole day. */
  private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(5);

  private final Map<String, Count> counts = new HashMap<>();
  private final Count fleet = new Count();

  /** One part of the fleet. */
  static final class Count {
    private final List<String> silent = new ArrayList<>();
    private int total;
    private Duration timeout = Duration.ZERO;
    private Instant lastSeen = Instant.MAX;

    private void add(NodeRecord life, boolean isSilent, Duration itsTimeout) {
      total++;
      if (isSilent) {
        silent.add(life.node());
        timeout = timeout.compareTo(itsTimeout) < 0 ? itsTimeout : timeout;
        lastSeen = life.lastSeen().at().isBefore(lastSeen) ? life.lastSeen().at() : lastSeen;
      }
    }

    /** The silent nodes' names, sorted. */
    List<String> silent() {
      return silent.stream().sorted().toList();
    }

    int total() {
      return total;
    }

    /** When the first of the silent nodes was last seen. */
    Instant lastSeen() {
      return lastSeen;
    }

    Duration patience() {
      return timeout.compareTo(LONGEST_PATIENCE) > 0 ? LONGEST_PATIENCE : timeout;
    }

    boolean isMost() {
      return silent.size() >= FEWEST && silent.size() * 2 >= total;
    }

    boolean isAll() {
      return silent.size() >= FEWEST && silent.size() == total;
    }
  }

  /** Counts all nodes whose silence would mean something at this time. */
  static FleetCounts of(Collection<NodeRecord> lives, DetectorRules rules, Instant now) {
    FleetCounts result = new FleetCounts();
    for (NodeRecord life : lives) {
      Duration timeout = rules.timeout(life.lastSeen().interval());
      boolean isRecentlyDown =
          life.state() == NodeState.DOWN && life.standing().since().plus(timeout).isAfter(now);
      boolean counts = life.state().isWatched() || isRecentlyDown;
      if (counts && !life.lastSeen().leaving() && !life.standing().isQuiet(now)) {
        boolean isSilent = isSilent(life, rules, now);
        result.fleet.add(life, isSilent, timeout);
        result
            .counts
            .computeIfAbsent(life.environment(), name -> new Count())
            .add(life, isSilent, timeout);
      }
    }
    return result;
  }

  private static boolean isSilent(NodeRecord life, DetectorRules rules, Instant now) {
    boolean wasSilent = life.state() == NodeState.LATE || life.state() == NodeState.DOWN;
    return (wasSilent && !life.isSeenSince()) || !now.isBefore(NodeMachine.lateAt(life, rules));
  }

  /** The longest time that anybody has to be waited for, within reason. */
  static Duration patience(Collection<NodeRecord> lives, DetectorRules rules) {
    Duration longest =
        lives.stream()
            .filter(life -> life.state().isWatched())
            .map(life -> rules.timeout(life.lastSeen().interval()))
            .max(Duration::compareTo)
            .orElse(rules.timeout(LastSeen.USUAL_INTERVAL));
    return longest.compareTo(LONGEST_PATIENCE) > 0 ? LONGEST_PATIENCE : longest;
  }

  Count in(FleetScope scope) {
    return scope.isFleet() ? fleet : counts.getOrDefault(scope.environment(), new Count());
  }
}
