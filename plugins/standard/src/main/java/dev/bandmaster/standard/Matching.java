package dev.bandmaster.standard;

import dev.bandmaster.model.NodeSelection;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.PlanningContext.Selection;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Finding the nodes a command means, with the same words for the same failures everywhere. */
public final class Matching {
  private Matching() {}

  /**
   * Goes on with the nodes that match, or refuses: because the filter cannot be read, or because
   * nothing matches it.
   */
  public static Planned nodes(
      PlanningContext context, String filter, Function<List<Node>, Planned> next) {
    return switch (context.select(filter)) {
      case Selection.Unreadable(String reason) -> new Planned.Refused(reason);
      case Selection.Selected(List<Node> nodes) when nodes.isEmpty() ->
          new Planned.Refused(nothing(context, filter));
      case Selection.Selected(List<Node> nodes) -> next.apply(nodes);
    };
  }

  /**
   * The filter for nodes of an environment that are written as a list with commas, or as a selector
   * around one.
   */
  public static String within(String environment, String nodes) {
    return NodeSelection.within("env=" + environment, nodes);
  }

  /**
   * Whom a question goes to: whoever matches when it arrives, or the one node that was chosen.
   *
   * @param nodes who should answer as far as is known
   */
  public static Reach reach(String filter, List<Node> nodes) {
    return NodeSelection.chooses(filter)
        ? new Reach.Frozen(names(nodes))
        : new Reach.Broadcast("", filter, names(nodes));
  }

  /** The names of nodes, in the order given. */
  public static List<String> names(List<Node> nodes) {
    return nodes.stream().map(Node::name).toList();
  }

  private static String nothing(PlanningContext context, String filter) {
    for (String environment : context.delegated()) {
      if (filter.matches("(?s).*\\benv=" + Pattern.quote(environment) + "(?![\\w.-]).*")) {
        return "The hosts of %s have no agents, so they are not known here. What was deployed there: `history %s`."
            .formatted(environment, environment);
      }
    }
    if (NodeSelection.chooses(filter)) {
      return "No node that '%s' means is present. To list nodes: `discover`.".formatted(filter);
    }
    return filter.isBlank()
        ? "No nodes are known yet. Start an agent, or run"
            + " `status` to see whether the bus is connected."
        : "No node matches '" + filter + "'. To list nodes: `discover`.";
  }
}
