package dev.bandmaster.acl;

import dev.bandmaster.acl.Mismatch.Facet;
import java.util.ArrayList;
import java.util.List;

/** Compares a rule with a request. */
@FunctionalInterface
interface RuleMatcher {
  /** Everything about the rule that does not fit; empty when it applies. */
  List<Mismatch> mismatches(Rule rule, Request request);

  static RuleMatcher standard() {
    return RuleMatcher::compare;
  }

  private static List<Mismatch> compare(Rule rule, Request request) {
    List<Mismatch> found = new ArrayList<>();
    if (!people(rule, request)) {
      found.add(new Mismatch(Facet.WHO, "is for " + rule.who().inWords()));
    }
    if (!rule.where().matches(request.channel())) {
      found.add(new Mismatch(Facet.WHERE, "is for " + rule.where().inWords()));
    }
    if (!rule.envs().matches(request.env())) {
      found.add(new Mismatch(Facet.ENVS, "covers " + rule.envs().inWords()));
    }
    if (!rule.apps().matches(request.app())) {
      found.add(new Mismatch(Facet.APPS, "covers " + rule.apps().inWords()));
    }
    if (!rule.actions().matches(request.action())) {
      found.add(new Mismatch(Facet.ACTIONS, "covers " + rule.actions().inWords()));
    }
    if (!Arguments.match(rule.arguments(), request)) {
      found.add(
          new Mismatch(
              Facet.ARGUMENTS,
              "requires other values of " + String.join(", ", rule.arguments().keySet())));
    }
    if (rule.unless().isPresent() && rule.unless().get().holds(request, rule.effect())) {
      found.add(new Mismatch(Facet.UNLESS, "has an exception that applies here"));
    }
    if (rule.effect() != Effect.DENY) {
      addLimits(rule, request, found);
    }
    return List.copyOf(found);
  }

  private static boolean people(Rule rule, Request request) {
    return rule.effect() == Effect.DENY
        ? rule.who().forbids(request.principal())
        : rule.who().grants(request.principal());
  }

  /** Limits narrow rights; a deny has none, so that it cannot be slipped under. */
  private static void addLimits(Rule rule, Request request, List<Mismatch> found) {
    if (request.channel().externallyShared() && !rule.externallyShared()) {
      found.add(
          new Mismatch(
              Facet.EXTERNALLY_SHARED,
              "does not apply in channels shared with other organizations"));
    }
    if (request.targets().isEmpty()) {
      rule.moreThan()
          .ifPresent(limit ->
              found.add(
                  new Mismatch(
                      Facet.TARGETS, "only applies to more than %s nodes".formatted(limit))));
      return;
    }
    var targets = request.targets().get();
    rule.maxTargets()
        .filter(limit -> !targets.counted() || !limit.allows(targets))
        .ifPresent(limit ->
            found.add(
                new Mismatch(
                    Facet.TARGETS,
                    targets.counted()
                        ? "covers at most %s nodes, and this targets %d"
                            .formatted(limit, targets.count())
                        : "covers at most %s nodes, and how many this targets is not known beforehand"
                            .formatted(limit))));
    rule.moreThan()
        .filter(limit -> targets.counted() && limit.allows(targets))
        .ifPresent(limit ->
            found.add(
                new Mismatch(
                    Facet.TARGETS,
                    "only applies to more than %s nodes, and this targets %d"
                        .formatted(limit, targets.count()))));
    if (!targets.filtered() && rule.fleetWide() == FleetWide.REFUSE) {
      found.add(
          new Mismatch(
              Facet.TARGETS,
              "does not cover all %d nodes at once; select fewer nodes"
                  .formatted(targets.count())));
    }
  }
}
