package dev.bandmaster.bot.command;

import dev.bandmaster.acl.Decision;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** May they? Asks the policy before anything is looked up for the command. */
final class Authorise implements Function<Understood, Step<Authorised>> {

  private final AccessRules rules;
  private final Emergencies emergencies;
  private final InstantSource clock;

  Authorise(AccessRules rules, Emergencies emergencies, InstantSource clock) {
    this.rules = rules;
    this.emergencies = emergencies;
    this.clock = clock;
  }

  @Override
  public Step<Authorised> apply(Understood command) {
    return switch (rules.decide(AccessRequests.about(command, clock.instant()))) {
      case Decision.Denied denied ->
          Step.end(
              command
                  .command()
                  .barred(asker(command), command.arguments())
                  .map(reason -> Ending.Refused.deniedBy(denied, reason))
                  .orElseGet(() -> Ending.Refused.denied(denied)));
      case Decision.Allowed allowed ->
          emergencies.apply(
              new Authorised(
                  command, allowed.rules(), allowed.policyHash(), Needs.NONE, Optional.empty()));
      case Decision.NeedsApproval needed ->
          emergencies.apply(
              new Authorised(
                  command,
                  needed.rules(),
                  needed.policyHash(),
                  new Needs(needed.approvals()),
                  Optional.empty()));
    };
  }

  private static Asker asker(Understood command) {
    return new Asker(command.person(), command.asked().place());
  }
}
