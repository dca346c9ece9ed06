package dev.bandmaster.acl;

import dev.bandmaster.acl.Mismatch.Facet;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/**
 * One thing that must hold for a rule to apply to a request.
 *
 * @param facet the part of the rule it is about
 * @param test whether it holds
 * @param words what the rule is about instead, where it does not hold
 */
record Condition(
    Facet facet, BiPredicate<Rule, Request> test, BiFunction<Rule, Request, String> words) {

  /** All conditions; first those that most rules fail, so that the others need not be asked. */
  static final List<Condition> ALL =
      List.of(
          new Condition(
              Facet.ACTIONS,
              (rule, request) -> rule.actions().matches(request.action()),
              (rule, _) -> "covers " + rule.actions().inWords()),
          new Condition(
              Facet.APPS,
              (rule, request) -> rule.apps().matches(request.app()),
              (rule, _) -> "covers " + rule.apps().inWords()),
          new Condition(
              Facet.ENVS,
              (rule, request) -> rule.envs().matches(request.env()),
              (rule, _) -> "covers " + rule.envs().inWords()),
          new Condition(
              Facet.WHERE,
              (rule, request) -> rule.where().matches(request.channel()),
              (rule, _) -> "is for " + rule.where().inWords()),
          new Condition(
              Facet.WHO, Condition::people, (rule, _) -> "is for " + rule.who().inWords()),
          new Condition(
              Facet.ARGUMENTS,
              (rule, request) -> Arguments.match(rule.arguments(), request),
              (rule, _) ->
                  "requires other values of " + String.join(", ", rule.arguments().keySet())),
          new Condition(
              Facet.UNLESS,
              (rule, request) ->
                  rule.unless().isEmpty() || !rule.unless().get().holds(request, rule.effect()),
              (_, _) -> "has an exception that applies here"),
          limit(
              Facet.EXTERNALLY_SHARED,
              (rule, request) -> rule.externallyShared() || !request.channel().externallyShared(),
              (_, _) -> "does not apply in channels shared with other organizations"),
          limit(Facet.TARGETS, Condition::isWithinMost, Condition::most),
          limit(Facet.TARGETS, Condition::isAboveLeast, Condition::least),
          limit(
              Facet.TARGETS,
              (rule, request) ->
                  rule.fleetWide() != FleetWide.REFUSE
                      || request.targets().map(Targets::filtered).orElse(true),
              (_, request) ->
                  "does not cover all %d nodes at once; select fewer nodes"
                      .formatted(request.targets().map(Targets::count).orElse(0))));

  /** Limits narrow rights; a deny has none, so that it cannot be slipped under. */
  private static Condition limit(
      Facet facet, BiPredicate<Rule, Request> test, BiFunction<Rule, Request, String> words) {
    return new Condition(
        facet, (rule, request) -> rule.effect() == Effect.DENY || test.test(rule, request), words);
  }

  boolean isMet(Rule rule, Request request) {
    return test.test(rule, request);
  }

  Mismatch mismatch(Rule rule, Request request) {
    return new Mismatch(facet, words.apply(rule, request));
  }

  private static boolean people(Rule rule, Request request) {
    return rule.effect() == Effect.DENY
        ? rule.who().forbids(request.principal())
        : rule.who().grants(request.principal());
  }

  private static boolean isWithinMost(Rule rule, Request request) {
    return rule.maxTargets().isEmpty()
        || request.targets().isEmpty()
        || (request.targets().get().counted()
            && rule.maxTargets().get().allows(request.targets().get()));
  }

  private static String most(Rule rule, Request request) {
    Targets targets = request.targets().orElseThrow();
    TargetLimit limit = rule.maxTargets().orElseThrow();
    return targets.counted()
        ? "covers at most %s nodes, and this targets %d".formatted(limit, targets.count())
        : "covers at most %s nodes, and how many this targets is not known beforehand"
            .formatted(limit);
  }

  /** Where the number of nodes is not known beforehand, there may be more than any limit. */
  private static boolean isAboveLeast(Rule rule, Request request) {
    return rule.moreThan().isEmpty()
        || request
            .targets()
            .map(targets -> !targets.counted() || !rule.moreThan().get().allows(targets))
            .orElse(false);
  }

  private static String least(Rule rule, Request request) {
    TargetLimit limit = rule.moreThan().orElseThrow();
    return request
        .targets()
        .map(targets ->
            "only applies to more than %s nodes, and this targets %d"
                .formatted(limit, targets.count()))
        .orElseGet(() -> "only applies to more than %s nodes".formatted(limit));
  }
}
