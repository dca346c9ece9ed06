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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Attaches a free public address of a role to an instance: of the bot's own pools where an
 * environment has some, and otherwise by the service that does its work.
 */
public final class AttachAddress implements CommandPlugin {
  /**
   * What such work is called in plans if the bot does it itself, whatever serves the environment.
   */
  public static final String CAPABILITY = "addresses";

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

  private final Map<String, Set<String>> pools;

  /**
   * The command.
   *
   * @param pools the roles for which the bot has addresses itself, by environment
   */
  public AttachAddress(Map<String, Set<String>> pools) {
    this.pools = Map.copyOf(pools);
  }

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
    Set<String> own = pools.getOrDefault(environment, Set.of());
    if (!own.isEmpty()) {
      return fromPool(invocation, environment, instance, role, own);
    }
    return ServiceWork.in(
        context,
        environment,
        delegation -> {
          Optional<String> problem =
              badInstance(instance)
                  .or(() -> ServiceWork.problem(delegation, environment, List.of(role)));
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

  private static Planned fromPool(
      Invocation invocation, String environment, String instance, String role, Set<String> own) {
    Optional<String> problem = badInstance(instance);
    if (problem.isPresent()) {
      return new Planned.Refused(problem.get());
    }
    if (!own.contains(role)) {
      return new Planned.Refused(
          "There are no addresses for the role '%s' in %s. There are for: %s."
              .formatted(role, environment, String.join(", ", own.stream().sorted().toList())));
    }
    return Planned.Work.atOnce(
        invocation.canonical(),
        CAPABILITY,
        "attach-address",
        Data.Fields.EMPTY
            .with("environment", environment)
            .with("instance", instance)
            .with("role", role),
        new Reach.ChosenByBackend(instance, true),
        Effect.CHANGES);
  }

  private static Optional<String> badInstance(String instance) {
    return Names.isName(instance)
        ? Optional.empty()
        : Optional.of("'%s' is no id of an instance.".formatted(ServiceWork.shortened(instance)));
  }
}
