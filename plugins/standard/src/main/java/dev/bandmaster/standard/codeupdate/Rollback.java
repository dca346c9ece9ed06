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
import dev.bandmaster.plugin.Presenter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings the version back that ran before. The nodes still have it on their disks, so nothing is
 * fetched.
 */
public final class Rollback implements CommandPlugin {

  /** What the agents call it. */
  private static final String ACTION = "rollback";

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "rollback",
          List.of(),
          "restores the previous version",
          List.of(
              Parameter.positional("env", new Parameter.Type.Environment(), "where"),
              Parameter.positional("app", new Parameter.Type.Application(), "what"),
              Parameter.named(
                  "version",
                  new Parameter.Type.Version(),
                  "version (default: the last good one before the current)"),
              Parameter.named("batch", new Parameter.Type.Size(), "nodes at a time (default: all)"),
              Parameter.named(
                  "emergency", new Parameter.Type.Word(), "reason to skip approval and freezes"),
              Parameter.flag("dry-run", "only shows the plan")),
          List.of("rollback prod web", "rollback prod web version=1.4.1"),
          CommandTraits.STANDARD
              .changing(ApplicationChange.INSTALL)
              .within(Deploys.DEADLINE)
              .withForm());

  @Override
  public CommandDeclaration declaration() {
    return DECLARATION;
  }

  @Override
  public Planned plan(Invocation invocation, PlanningContext context) {
    return context.delegation(invocation.arguments().word("env")).isPresent()
        ? ServiceDeploys.rollback(invocation, context)
        : Deploys.plan(invocation, context, deploy -> toEarlier(deploy, context));
  }

  private static Planned toEarlier(Deploys deploy, PlanningContext context) {
    String environment = deploy.environment();
    String application = deploy.application();
    Set<String> now = deploy.nodes().stream().map(deploy::now).collect(Collectors.toSet());
    return deploy
        .version(() ->
            context.deployed(environment, application).stream()
                .filter(earlier -> !now.contains(earlier)))
        .<Planned>map(
            version -> deploy.work(DECLARATION.name(), ACTION, version, Data.Fields.EMPTY))
        .orElseGet(() ->
            new Planned.Refused(
                "No earlier version of %s in %s is known: none was deployed with the bot. Add `version=…`."
                    .formatted(application, environment)));
  }

  @Override
  public Optional<Planned.Work> undo(Planned.Subject before, List<String> nodes) {
    return Optional.of(Deploys.restoring(ACTION, before, nodes));
  }

  @Override
  public Presenter presenter() {
    return new DeployPresenter();
  }
}
