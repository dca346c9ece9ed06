package dev.bandmaster.engine.pipeline;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A command that may be run.
 *
 * @param rules ids of the rules that allow it
 * @param policy hash of the policy that says so
 * @param needs what has to be approved before it is carried out
 * @param emergency why it waits for no approval and no freeze, if somebody who may has said so
 */
public record Authorised(
    ParsedCommand command,
    List<String> rules,
    String policy,
    ApprovalRequirements needs,
    Optional<String> emergency) {
  public Authorised {
    rules = List.copyOf(rules);
  }

  /** The same, now that the rules have been asked about more. */
  Authorised and(List<String> moreRules, ApprovalRequirements moreNeeds) {
    Set<String> all = new LinkedHashSet<>(rules);
    all.addAll(moreRules);
    return new Authorised(command, List.copyOf(all), policy, needs.and(moreNeeds), emergency);
  }

  /** The same for a command whose arguments say more exactly what was meant. */
  Authorised with(ParsedCommand settled) {
    return new Authorised(settled, rules, policy, needs, emergency);
  }

  /** The same, which needs nobody's yes. */
  Authorised because(String reason) {
    return new Authorised(command, rules, policy, ApprovalRequirements.NONE, Optional.of(reason));
  }
}
