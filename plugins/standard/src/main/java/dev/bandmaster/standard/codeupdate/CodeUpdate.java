package dev.bandmaster.standard.codeupdate;

import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.ApplicationChange;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.PlanningContext.Release;
import dev.bandmaster.plugin.Presenter;
import java.util.List;
import java.util.Optional;

/**
 * Deploys a version of an application to every node of an environment that has it, in the steps
 * that were asked for.
 */
public final class CodeUpdate implements CommandPlugin {

  /** What nodes say in place of the version of a unit. */
  private static final String SYSTEMD = "systemd";

  private static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "codeupdate",
          List.of("deploy", "ship"),
          "deploys a version of an application",
          List.of(
              Parameter.positional("env", new Parameter.Type.Environment(), "where"),
              Parameter.positional("app", new Parameter.Type.Application(), "what"),
              Parameter.named(
                  "version", new Parameter.Type.Version(), "version (default: the newest)"),
              Parameter.named("canary", new Parameter.Type.Size(), "nodes in the first batch"),
              Parameter.named("batch", new Parameter.Type.Size(), "nodes at a time (default: all)"),
              Parameter.named("pause", new Parameter.Type.Span(), "pause after each batch"),
              Parameter.named(
                  "max-failures",
                  new Parameter.Type.Size(),
                  "failures allowed before it stops (default: 0)"),
              Parameter.named(
                  "emergency", new Parameter.Type.Word(), "reason to skip approval and freezes"),
              Parameter.flag("dry-run", "only shows the plan")),
          List.of(
              "codeupdate staging web version=1.4.2",
              "codeupdate prod web --canary 1 --batch 25% --pause 5m",
              "codeupdate staging web --dry-run"),
          CommandTraits.STANDARD
              .changing(ApplicationChange.INSTALL)
              .within(Deploys.DEADLINE)
              .undoneBy(Rollback.DECLARATION.name(), "Roll back")
              .withHomeButton("Deploy…"));

  @Override
  public CommandDeclaration declaration() {
    return DECLARATION;
  }

  @Override
  public Planned plan(Invocation invocation, PlanningContext context) {
    return context.delegation(invocation.arguments().word("env")).isPresent()
        ? ServiceDeploys.update(invocation, context)
        : Deploys.plan(invocation, context, deploy -> toNewest(deploy, context));
  }

  private static Planned toNewest(Deploys deploy, PlanningContext context) {
    String environment = deploy.environment();
    String application = deploy.application();
    Optional<String> version =
        deploy.version(() -> context.versions(environment, application).stream());
    if (deploy.nodes().stream().allMatch(node -> deploy.now(node).equals(SYSTEMD))) {
      return new Planned.Refused(
          "%1$s is a systemd unit and has no releases. To control it: `restart %2$s %1$s`."
              .formatted(application, environment));
    }
    if (version.isEmpty()) {
      return new Planned.Refused(
          context
              .unlisted(environment, application)
              .map(reason ->
                  "Which version of %s? %s Add `version=…`.".formatted(application, reason))
              .orElseGet(() ->
                  "Which version of %s? Its releases cannot be listed; add `version=…`."
                      .formatted(application)));
    }
    return switch (context.release(environment, application, version.get())) {
      case Release.Missing(String reason) -> new Planned.Refused(reason);
      case Release.Tagged _ ->
          new Planned.Refused("%s is not deployed by agents.".formatted(environment));
      case Release.Found(String url, String sha256) ->
          deploy.work(
              DECLARATION.name(),
              "deploy",
              version.get(),
              Data.Fields.EMPTY.with("url", url).with("sha256", sha256));
    };
  }

  @Override
  public Presenter presenter() {
    return new DeployPresenter();
  }
}
