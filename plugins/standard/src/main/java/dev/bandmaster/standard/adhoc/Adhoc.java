package dev.bandmaster.standard.adhoc;

import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Effect;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.Risk;
import dev.bandmaster.standard.Matching;
import java.util.List;
import java.util.Set;

/**
 * Runs one of the agents' small modules on some nodes. The words behind the module reach the agent
 * as a list and never a shell; what a module may be told is the agent's own decision.
 */
public final class Adhoc implements CommandPlugin {

  private static final List<String> MODULES =
      List.of("ping", "uptime", "disk", "service", "command");

  private static final Set<String> READ_ONLY = Set.of("ping", "uptime", "disk");

  private static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "adhoc",
          List.of(),
          "runs a module on some nodes",
          List.of(
              Parameter.positional("env", new Parameter.Type.Environment(), "where"),
              Parameter.positional(
                  "nodes", new Parameter.Type.Nodes(), "nodes: comma-separated names or globs"),
              Parameter.positional(
                  "module", new Parameter.Type.Choice(MODULES), String.join(", ", MODULES)),
              Parameter.rest("args", new Parameter.Type.Word(), "arguments for the module")),
          List.of(
              "adhoc staging web1 uptime",
              "adhoc staging web* disk",
              "adhoc prod web1,web2 service web status"),
          CommandTraits.STANDARD.risking(Risk.DEPENDS).withForm());

  @Override
  public CommandDeclaration declaration() {
    return DECLARATION;
  }

  @Override
  public String permission(Arguments arguments) {
    return "adhoc:" + arguments.word("module");
  }

  @Override
  public List<String> permissions() {
    return MODULES.stream().map(module -> "adhoc:" + module).toList();
  }

  @Override
  public Planned plan(Invocation invocation, PlanningContext context) {
    Arguments arguments = invocation.arguments();
    String module = arguments.word("module");
    Data.Fields sent = Data.Fields.EMPTY.with("arguments", Data.of(arguments.words("args")));
    String filter =
        "env=%s and (%s)"
            .formatted(
                arguments.word("env"), String.join(" or ", arguments.word("nodes").split(",")));
    return Matching.nodes(
        context,
        filter,
        nodes ->
            Planned.Work.atOnce(
                invocation.canonical(),
                "adhoc",
                module,
                sent,
                new Reach.Frozen(Matching.names(nodes)),
                READ_ONLY.contains(module) ? Effect.READ_ONLY : Effect.CHANGES));
  }
}
