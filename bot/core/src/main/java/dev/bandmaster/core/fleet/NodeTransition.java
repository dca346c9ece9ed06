package dev.bandmaster.core.fleet;

import java.util.Optional;

/**
 * A conclusion about a node, to be kept together with what people are notified of.
 *
 * @param before as it is kept; empty if it is not
 * @param after as it is to be kept; empty if it is to be forgotten
 */
public record NodeTransition(Optional<NodeRecord> before, Optional<NodeRecord> after) {
  public NodeTransition {
    if (before.isEmpty() && after.isEmpty()) {
      throw new IllegalArgumentException("a flip of nothing into nothing");
    }
  }

  public String node() {
    return after.or(() -> before).orElseThrow().node();
  }

  /** Whether the node came into another state. */
  public boolean changesState() {
    return !before.map(NodeRecord::state).equals(after.map(NodeRecord::state));
  }
}
