package dev.bandmaster.standard;

import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Planned;
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

  /** The filter for nodes of an environment that are written as a list with commas. */
  public static String within(String environment, String nodes) {
    return "env=%s and (%s)".formatted(environment, String.join(" or ", nodes.split(",")));
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
    return filter.isBlank()
        ? "No nodes are known yet. Start an agent, or run"
            + " `status` to see whether the bus is connected."
        : "No node matches '" + filter + "'. To list nodes: `discover`.";
  }
}
