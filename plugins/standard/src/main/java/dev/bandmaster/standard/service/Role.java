package dev.bandmaster.standard.service;

import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Effect;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.PlanningContext.Delegation;
import dev.bandmaster.plugin.Risk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Brings roles to a host or a group, in environments behind a service. */
public final class Role implements CommandPlugin {
  /** The service lets a job run 2,000 s, after it has waited for others. */
  static final Duration DEADLINE = Duration.ofMinutes(60);

  private static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "role",
          List.of(),
          "brings roles to a host",
          List.of(
              Parameter.positional("env", new Parameter.Type.Environment(), "where"),
              Parameter.positional("host", new Parameter.Type.Word(), "host or group"),
              Parameter.positional("roles", new Parameter.Type.Word(), "comma-separated roles"),
              Parameter.flag("dry-run", "only says what would change")),
          List.of("role staging web7 base,web", "role staging web7 base,web --dry-run"),
          CommandTraits.STANDARD.risking(Risk.CHANGES).within(DEADLINE).withForm());

  @Override
  public CommandDeclaration declaration() {
    return DECLARATION;
  }

  @Override
  public Planned plan(Invocation invocation, PlanningContext context) {
    Arguments arguments = invocation.arguments();
    String environment = arguments.word("env");
    String host = arguments.word("host");
    List<String> roles = List.of(arguments.word("roles").split(",", -1));
    return ServiceWork.in(
        context,
        environment,
        delegation -> {
          Optional<String> problem =
              ServiceWork.problem(host)
                  .or(() -> ServiceWork.problem(delegation, environment, roles));
          return problem.isPresent()
              ? new Planned.Refused(problem.get())
              : work(arguments, delegation, host, roles, invocation.canonical());
        });
  }

  private static Planned work(
      Arguments arguments, Delegation delegation, String host, List<String> roles, String title) {
    Planned.Work work =
        ServiceWork.on(
            title,
            "apply-roles",
            Data.Fields.EMPTY.with("host", host).with("roles", Data.of(roles)),
            host,
            Effect.CHANGES);
    return arguments.has("dry-run") ? ServiceWork.check(delegation, work).orElse(work) : work;
  }
}
