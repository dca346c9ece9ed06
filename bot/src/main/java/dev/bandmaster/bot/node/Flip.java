package dev.bandmaster.bot.node;

import java.util.Optional;

/**
 * A conclusion about a node, to be kept together with what people are told of it.
 *
 * @param before as it is kept; empty if it is not
 * @param after as it is to be kept; empty if it is to be forgotten
 */
public record Flip(Optional<NodeLife> before, Optional<NodeLife> after) {
  public Flip {
    if (before.isEmpty() && after.isEmpty()) {
      throw new IllegalArgumentException("a flip of nothing into nothing");
    }
  }

  public String node() {
    return after.or(() -> before).orElseThrow().node();
  }

  /** Whether the node came into another state. */
  public boolean changesState() {
    return !before.map(NodeLife::state).equals(after.map(NodeLife::state));
  }
}
