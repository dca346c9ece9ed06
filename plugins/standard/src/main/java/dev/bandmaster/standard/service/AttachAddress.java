package dev.bandmaster.standard.service;

import dev.bandmaster.model.Data;
import dev.bandmaster.model.Names;
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
import java.util.List;
import java.util.Optional;

/** Attaches a free public address of a role to an instance, in environments behind a service. */
public final class AttachAddress implements CommandPlugin {

  private static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "eip",
          List.of(),
          "attaches a free address of a role to an instance",
          List.of(
              Parameter.positional("env", new Parameter.Type.Environment(), "where"),
              Parameter.positional("instance", new Parameter.Type.Word(), "id of the instance"),
              Parameter.positional("role", new Parameter.Type.Word(), "role of the address")),
          List.of("eip prod i-0a1b2c3d web"),
          CommandTraits.STANDARD.risking(Risk.CHANGES).within(Role.DEADLINE).withForm());

  @Override
  public CommandDeclaration declaration() {
    return DECLARATION;
  }

  @Override
  public Planned plan(Invocation invocation, PlanningContext context) {
    Arguments arguments = invocation.arguments();
    String environment = arguments.word("env");
    String instance = arguments.word("instance");
    String role = arguments.word("role");
    return ServiceWork.in(
        context,
        environment,
        delegation -> {
          Optional<String> problem =
              Names.isName(instance)
                  ? ServiceWork.problem(delegation, environment, List.of(role))
                  : Optional.of(
                      "'%s' is no id of an instance.".formatted(ServiceWork.shortened(instance)));
          return problem.isPresent()
              ? new Planned.Refused(problem.get())
              : Planned.Work.atOnce(
                  invocation.canonical(),
                  ServiceWork.CAPABILITY,
                  "attach-address",
                  Data.Fields.EMPTY.with("instance", instance).with("pool", role),
                  new Reach.ChosenByBackend(instance, true),
                  Effect.CHANGES);
        });
  }
}
