package dev.bandmaster.engine.fleet;

import dev.bandmaster.model.Load;
import dev.bandmaster.model.NodeSelection.Selector;
import dev.bandmaster.plugin.Node;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Chooses one of several nodes, when a plan is made. Only nodes that are present are chosen. Turns
 * are remembered by this process alone, by the filter as it was typed. Safe for use by many
 * threads.
 */
final class NodeChooser {

  /** Filters whose turns are remembered; those used last stay. */
  private static final int MOST_TURNS = 1_000;

  private final Function<String, Optional<Load>> loads;
  private final RandomGenerator random;

  /** The node that was chosen last, by filter. */
  private final Map<String, String> turns =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST_TURNS;
        }
      };

  NodeChooser(Function<String, Optional<Load>> loads, RandomGenerator random) {
    this.loads = loads;
    this.random = random;
  }

  /**
   * One of the nodes.
   *
   * @param nodes those that match, sorted by name
   * @param filter tells turns apart
   * @return empty if none of them is present
   */
  Optional<Node> choose(Selector selector, List<Node> nodes, String filter) {
    List<Node> present = nodes.stream().filter(Node::present).toList();
    if (present.isEmpty()) {
      return Optional.empty();
    }
    return switch (selector) {
      case ANY -> Optional.of(present.getFirst());
      case RANDOM -> Optional.of(present.get(random.nextInt(present.size())));
      case LEAST_LOADED ->
          present.stream().min(Comparator.comparingDouble(this::busy).thenComparing(Node::name));
      case ROUND_ROBIN -> Optional.of(next(present, filter));
    };
  }

  /** What says nothing of its load comes after all that do. */
  private double busy(Node node) {
    return loads
        .apply(node.name())
        .filter(load -> load.average() >= 0)
        .map(load -> load.average() / load.cores())
        .orElse(Double.MAX_VALUE);
  }

  private Node next(List<Node> present, String filter) {
    synchronized (turns) {
      String last = turns.getOrDefault(filter, "");
      Node next =
          present.stream()
              .filter(node -> node.name().compareTo(last) > 0)
              .findFirst()
              .orElse(present.getFirst());
      turns.put(filter, next.name());
      return next;
    }
  }
}
