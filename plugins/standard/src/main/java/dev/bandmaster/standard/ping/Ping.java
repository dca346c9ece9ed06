package dev.bandmaster.standard.ping;

import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Effect;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.standard.Matching;
import java.time.Duration;
import java.util.List;

/** Asks nodes for a sign of life and says how long each took. */
public final class Ping implements CommandPlugin {

  private static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "ping",
          List.of(),
          "pings nodes and shows how long each took",
          List.of(
              Parameter.rest("filter", new Parameter.Type.Nodes(), "which nodes (default: all)")),
          List.of("ping", "ping web*", "ping env=staging and app=web"),
          CommandTraits.STANDARD.within(Duration.ofSeconds(5)));

  @Override
  public CommandDeclaration declaration() {
    return DECLARATION;
  }

  @Override
  public Planned plan(Invocation invocation, PlanningContext context) {
    String filter = String.join(" ", invocation.arguments().words("filter"));
    return Matching.nodes(
        context,
        filter,
        nodes ->
            Planned.Work.atOnce(
                invocation.canonical(),
                "ping",
                "ping",
                Data.Fields.EMPTY,
                Matching.reach(filter, nodes),
                Effect.READ_ONLY));
  }

  @Override
  public Presenter presenter() {
    return new PingPresenter();
  }
}
