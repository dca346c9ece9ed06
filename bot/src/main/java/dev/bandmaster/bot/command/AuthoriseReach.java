package dev.bandmaster.bot.command;

import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Targets;
import dev.bandmaster.bot.fleet.Presence;
import dev.bandmaster.plugin.Planned.Reach;
import java.time.InstantSource;
import java.util.function.Function;

/** May they on so many nodes? The same question again, now that the plan says how many they are. */
final class AuthoriseReach implements Function<Prepared, Step<Prepared>> {

  private final AccessRules rules;
  private final Presence presence;
  private final InstantSource clock;

  AuthoriseReach(AccessRules rules, Presence presence, InstantSource clock) {
    this.rules = rules;
    this.presence = presence;
    this.clock = clock;
  }

  @Override
  public Step<Prepared> apply(Prepared prepared) {
    Understood command = prepared.authorised().command();
    Targets targets = targets(prepared.work().reach());
    return switch (rules.decide(AccessRequests.about(command, clock.instant()).with(targets))) {
      case Decision.Denied denied -> Step.end(Ending.Refused.denied(denied.reason()));
      case Decision.Allowed _ -> Step.on(prepared);
      case Decision.NeedsApproval needed -> Step.end(Ending.Refused.unapproved(needed.reason()));
    };
  }

  /** A node that has just left still counts as one of the fleet it was chosen from. */
  private Targets targets(Reach reach) {
    int count = reach.nodes().size();
    boolean filtered =
        switch (reach) {
          case Reach.Frozen _ -> true;
          case Reach.Broadcast(String environment, String filter, var _) ->
              !environment.isEmpty() || !filter.isEmpty();
        };
    return new Targets(count, Math.max(count, presence.nodes().size()), filtered);
  }
}
