package dev.bandmaster.acl;

import java.util.Map;
import java.util.Optional;

/**
 * When a rule does not apply although everything else fits: all conditions given here hold. There
 * is at least one.
 */
public record Unless(
    Optional<Who> who,
    Optional<Where> where,
    Optional<Scope> actions,
    Optional<Scope> apps,
    Optional<Scope> envs,
    Map<String, Scope> arguments) {
  public Unless {
    arguments = Map.copyOf(arguments);
  }

  boolean holds(Request request, Effect effect) {
    return who.map(each -> exempts(each, request, effect)).orElse(true)
        && where.map(each -> each.matches(request.channel())).orElse(true)
        && actions.map(each -> each.matches(request.action())).orElse(true)
        && apps.map(each -> each.matches(request.app())).orElse(true)
        && envs.map(each -> each.matches(request.env())).orElse(true)
        && Arguments.match(arguments, request);
  }

  /** Being exempt from a deny is a right; being exempt from an allow is the loss of one. */
  private static boolean exempts(Who who, Request request, Effect effect) {
    return effect == Effect.DENY
        ? who.grants(request.principal())
        : who.forbids(request.principal());
  }
}
