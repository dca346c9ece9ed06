package dev.bandmaster.acl;

import dev.bandmaster.yaml.Position;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One rule of a policy.
 *
 * @param position where it stands
 * @param arguments patterns that parsed arguments must match
 * @param maxTargets the most nodes it covers
 * @param moreThan with no more nodes than this it does not apply
 * @param maxParallel how many nodes may work at once
 * @param externallyShared whether it also applies in channels shared with other organizations
 * @param approval what is asked for; present exactly when the effect is approve
 * @param note explanation shown to people the rule denies
 */
public record Rule(
    String id,
    Position position,
    Effect effect,
    Who who,
    Where where,
    Scope actions,
    Scope apps,
    Scope envs,
    Map<String, Scope> arguments,
    Optional<Unless> unless,
    Optional<TargetLimit> maxTargets,
    Optional<TargetLimit> moreThan,
    OptionalInt maxParallel,
    FleetWide fleetWide,
    boolean externallyShared,
    Optional<Approval> approval,
    Optional<String> note) {
  public Rule {
    arguments = Map.copyOf(arguments);
    if (approval.isPresent() != (effect == Effect.APPROVE)) {
      throw new IllegalArgumentException("approve rules say who approves, others do not");
    }
  }

  /** The same rule as if it stood elsewhere, to compare what two rules say. */
  Rule at(Position elsewhere) {
    return new Rule(
        id,
        elsewhere,
        effect,
        who,
        where,
        actions,
        apps,
        envs,
        arguments,
        unless,
        maxTargets,
        moreThan,
        maxParallel,
        fleetWide,
        externallyShared,
        approval,
        note);
  }

  /** As people read it whom it concerns: {@code 'sre-deploy'}. */
  String named() {
    return "'%s'".formatted(id);
  }

  /** As its owners read it: {@code 'sre-deploy' (policy.yaml:31)}. */
  public String inWords() {
    return "'%s' (%s)".formatted(id, position);
  }
}
