package __PACKAGE__;

import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.PlanningContext.Selection;
import dev.bandmaster.plugin.Presenter;
import java.util.List;

/** {@code __NAME__ [filter…]}: how full the disks of some nodes are. */
final class __CLASS__Command implements CommandPlugin {
  private static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "__NAME__",
          List.of(),
          "reports how full disks are",
          List.of(
              Parameter.rest("filter", new Parameter.Type.Nodes(), "which nodes (default: all)")),
          List.of("__NAME__", "__NAME__ env=staging"));

  @Override
  public CommandDeclaration declaration() {
    return DECLARATION;
  }

  @Override
  public Planned plan(Invocation invocation, PlanningContext context) {
    String filter = String.join(" ", invocation.arguments().words("filter"));
    return switch (context.select(filter)) {
      case Selection.Unreadable(String reason) -> new Planned.Refused(reason);
      case Selection.Selected(List<Node> nodes) when nodes.isEmpty() ->
          new Planned.Refused("No node matches '" + filter + "'.");
      case Selection.Selected(List<Node> nodes) ->
          Planned.Work.atOnce(
              invocation.canonical(),
              "adhoc",
              "disk",
              Data.Fields.EMPTY.with("arguments", Data.of(List.<String>of())),
              new Planned.Reach.Frozen(nodes.stream().map(Node::name).toList()),
              Planned.Effect.READ_ONLY);
    };
  }

  @Override
  public Presenter presenter() {
    return new __CLASS__Presenter();
  }
}
