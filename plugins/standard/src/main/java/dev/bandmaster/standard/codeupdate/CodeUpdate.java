package dev.bandmaster.standard.codeupdate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Effect;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.PlanningContext.Release;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.standard.Matching;
import java.util.List;
import java.util.Optional;

/** Deploys a version of an application to every node of an environment that has it. */
public final class CodeUpdate implements CommandPlugin {

  private static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "codeupdate",
          List.of("deploy"),
          "deploys a version of an application",
          List.of(
              Parameter.positional("env", new Parameter.Type.Environment(), "where"),
              Parameter.positional("app", new Parameter.Type.Application(), "what"),
              Parameter.named(
                  "version", new Parameter.Type.Version(), "which; the newest if left out"),
              Parameter.flag("dry-run", "shows the plan and stops there")),
          List.of("codeupdate staging web version=1.4.2", "codeupdate staging web --dry-run"));

  @Override
  public CommandDeclaration declaration() {
    return DECLARATION;
  }

  @Override
  public Planned plan(Invocation invocation, PlanningContext context) {
    String environment = invocation.arguments().word("env");
    String application = invocation.arguments().word("app");
    List<Node> nodes = context.running(environment, application);
    if (nodes.isEmpty()) {
      return new Planned.Refused(
          "Nobody listens for %s in %s: no node there has it. 'discover env=%s' lists its nodes."
              .formatted(application, environment, environment));
    }
    Optional<String> version =
        invocation
            .arguments()
            .find("version")
            .or(() -> context.versions(environment, application).stream().findFirst());
    if (version.isEmpty()) {
      return new Planned.Refused(
          "Which version of %s? Its releases cannot be listed, so add version=…"
              .formatted(application));
    }
    return switch (context.release(environment, application, version.get())) {
      case Release.Missing(String reason) -> new Planned.Refused(reason);
      case Release.Found found ->
          new Planned.Work(
              "codeupdate %s %s version=%s".formatted(environment, application, version.get()),
              "deploy",
              "deploy",
              arguments(application, version.get(), found),
              new Reach.Frozen(Matching.names(nodes)),
              Effect.CHANGES);
    };
  }

  @Override
  public Presenter presenter() {
    return new DeployPresenter();
  }

  private static JsonNode arguments(String application, String version, Release.Found release) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("app", application)
        .put("version", version)
        .put("url", release.url())
        .put("sha256", release.sha256());
  }
}
