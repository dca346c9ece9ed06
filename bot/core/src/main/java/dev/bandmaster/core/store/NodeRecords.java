package dev.bandmaster.core.store;

import dev.bandmaster.core.fleet.Incident;
import dev.bandmaster.core.fleet.NodeRecord;
import dev.bandmaster.core.fleet.NodeState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was concluded about the nodes, and who concludes. */
public interface NodeRecords {

  /** All nodes of which anything is concluded. */
  List<NodeRecord> all();

  /** The nodes that have not answered some replica, and since when. */
  Map<String, Instant> unanswered();

  /** How many nodes are down or beat without answering. */
  long failing();

  /** A node's changes of state, the newest first. */
  List<Changed> history(String node, int limit);

  /** Who watches; empty if nobody ever has. */
  Optional<Watch> watch();

  /**
   * One replica watches for all of them.
   *
   * @param holder the one that does
   * @param at when it last did
   * @param incidents those that are open
   */
  record Watch(String holder, Instant at, List<Incident> incidents) {
    public Watch {
      incidents = List.copyOf(incidents);
    }
  }

  /**
   * A node's change of state.
   *
   * @param before empty if it was not known
   * @param after empty if it was forgotten
   */
  record Changed(Instant at, Optional<NodeState> before, Optional<NodeState> after) {}
}
