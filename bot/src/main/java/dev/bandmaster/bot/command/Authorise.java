package dev.bandmaster.bot.command;

import dev.bandmaster.acl.Decision;
import java.time.InstantSource;
import java.util.function.Function;

/** May they? Asks the policy before anything is looked up for the command. */
final class Authorise implements Function<Understood, Step<Authorised>> {

  private final AccessRules rules;
  private final InstantSource clock;

  Authorise(AccessRules rules, InstantSource clock) {
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  public Step<Authorised> apply(Understood command) {
    return switch (rules.decide(AccessRequests.about(command, clock.instant()))) {
      case Decision.Denied denied -> Step.end(Ending.Refused.denied(denied));
      case Decision.Allowed allowed ->
          Step.on(new Authorised(command, allowed.rules(), allowed.policyHash()));
      case Decision.NeedsApproval needed when command.arguments().has("dry-run") ->
          Step.on(new Authorised(command, needed.rules(), needed.policyHash()));
      case Decision.NeedsApproval needed -> Step.end(Ending.Refused.unapproved(needed));
    };
  }
}
