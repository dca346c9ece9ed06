package dev.bandmaster.engine.pipeline;

import dev.bandmaster.acl.Decision;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** May they? Asks the policy before anything is looked up for the command. */
public final class Authorise implements Function<ParsedCommand, Step<Authorised>> {

  private final AccessRules rules;
  private final Emergencies emergencies;
  private final InstantSource clock;

  public Authorise(AccessRules rules, Emergencies emergencies, InstantSource clock) {
    this.rules = rules;
    this.emergencies = emergencies;
    this.clock = clock;
  }

  @Override
  public Step<Authorised> apply(ParsedCommand command) {
    return switch (rules.decide(AccessRequests.about(command, clock.instant()))) {
      case Decision.Denied denied ->
          Step.end(
              command
                  .command()
                  .barred(asker(command), command.arguments())
                  .map(reason -> CommandResult.Refused.deniedBy(denied, reason))
                  .orElseGet(() -> CommandResult.Refused.denied(denied).orIn(elsewhere(command))));
      case Decision.Allowed allowed ->
          emergencies.apply(
              new Authorised(
                  command,
                  allowed.rules(),
                  allowed.policyHash(),
                  ApprovalRequirements.NONE,
                  Optional.empty()));
      case Decision.NeedsApproval needed ->
          emergencies.apply(
              new Authorised(
                  command,
                  needed.rules(),
                  needed.policyHash(),
                  new ApprovalRequirements(needed.approvals()),
                  Optional.empty()));
    };
  }

  /** Where the rules would let the same be asked; only what is typed in the chat can go there. */
  private Optional<CommandResult.Elsewhere> elsewhere(ParsedCommand command) {
    return command.asked().place().isApi()
        ? Optional.empty()
        : rules
            .elsewhere(AccessRequests.about(command, clock.instant()))
            .map(channel -> new CommandResult.Elsewhere(channel, command.invocation().canonical()));
  }

  private static Asker asker(ParsedCommand command) {
    return new Asker(command.person(), command.asked().place());
  }
}
