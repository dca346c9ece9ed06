package dev.bandmaster.standard.discover;

import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Effect;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.standard.Matching;
import java.time.Duration;
import java.util.List;

/** Lists nodes: at once from presence, or with {@code --live} by asking each of them. */
public final class Discover implements CommandPlugin {

  private static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "discover",
          List.of(),
          "lists nodes with their applications and versions",
          List.of(
              Parameter.rest("filter", new Parameter.Type.Nodes(), "which nodes (default: all)"),
              Parameter.named("facts", new Parameter.Type.Word(), "comma-separated facts to show"),
              Parameter.flag("live", "asks the nodes themselves instead of the last known state")),
          List.of(
              "discover", "discover env=prod", "discover web* facts=os,cores", "discover --live"),
          CommandTraits.STANDARD.within(Duration.ofSeconds(5)).showingFleet());

  @Override
  public CommandDeclaration declaration() {
    return DECLARATION;
  }

  @Override
  public Planned plan(Invocation invocation, PlanningContext context) {
    String filter = String.join(" ", invocation.arguments().words("filter"));
    List<String> facts =
        invocation
            .arguments()
            .find("facts")
            .map(words -> List.of(words.split(",")))
            .orElse(List.of());
    return Matching.nodes(
        context,
        filter,
        nodes ->
            invocation.arguments().has("live")
                ? ask(invocation, filter, nodes)
                : new Planned.Answer(new Inventory(context.now(), facts).describe(nodes)));
  }

  private static Planned ask(Invocation invocation, String filter, List<Node> nodes) {
    return Planned.Work.atOnce(
        invocation.canonical(),
        "facts",
        "inventory",
        Data.Fields.EMPTY,
        Matching.reach(filter, nodes),
        Effect.READ_ONLY);
  }
}
