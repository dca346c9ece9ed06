package dev.bandmaster.acl;

import dev.bandmaster.acl.PolicyTest.Expected;
import dev.bandmaster.model.Nearest;
import dev.bandmaster.yaml.Section;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds what can be read but should not stand in a policy. */
final class Lint {
  private Lint() {}

  static void check(Section section, Policy policy, Map<String, List<String>> groups) {
    wantDenyTests(section, policy);
    checkTestedRules(section, policy);
    policy.rules().forEach(rule -> checkApprovers(section, rule));
    policy.rules().forEach(rule -> checkMeaning(section, rule));
    warnOfUnusedGroups(section, policy, groups);
  }

  /** A protected env that nobody ever tried to be kept out of is protected by hope. */
  private static void wantDenyTests(Section section, Policy policy) {
    for (var env : policy.protectedEnvs().stream().sorted().toList()) {
      var tested =
          policy.tests().stream()
              .anyMatch(
                  test -> test.expected() == Expected.DENY && test.request().env().equals(env));
      if (!tested) {
        section.refuse(
            "protected_envs",
            "contains '%s', so 'tests' needs at least one test with 'env: %s' and 'expect: deny'"
                .formatted(env, env));
      }
    }
  }

  private static void checkTestedRules(Section section, Policy policy) {
    var ids = policy.rules().stream().map(Rule::id).toList();
    for (var test : policy.tests()) {
      test.byRule()
          .filter(id -> !ids.contains(id))
          .ifPresent(id ->
              section.refuseAt(
                  test.position(),
                  "the test names the rule '%s', which does not exist%s"
                      .formatted(id, Nearest.hint(id, ids))));
    }
  }

  private static void checkApprovers(Section section, Rule rule) {
    if (rule.approval().isEmpty()) {
      return;
    }
    var approval = rule.approval().get();
    approval.requirements().stream()
        .filter(requirement -> countable(List.of(requirement)))
        .filter(requirement -> named(List.of(requirement)) < requirement.count())
        .findFirst()
        .ifPresentOrElse(
            requirement -> refuseTooFew(section, rule, requirement.count()),
            () -> checkTogether(section, rule, approval));
  }

  /** Nobody counts twice, so what each requirement could get alone may be too few for all. */
  private static void checkTogether(Section section, Rule rule, Approval approval) {
    if (countable(approval.requirements()) && named(approval.requirements()) < approval.people()) {
      refuseTooFew(section, rule, approval.people());
    }
  }

  private static void refuseTooFew(Section section, Rule rule, int count) {
    section.refuseAt(
        rule.position(),
        "the rule '%s' requires %d approvals but names fewer approvers"
            .formatted(rule.id(), count));
  }

  /** Who is in a user group is not known before somebody asks. */
  private static boolean countable(List<Requirement> requirements) {
    return requirements.stream()
        .map(Requirement::approvers)
        .allMatch(who -> !who.anyone() && who.groups().isEmpty());
  }

  private static long named(List<Requirement> requirements) {
    return requirements.stream()
        .map(Requirement::approvers)
        .flatMap(who -> Stream.concat(who.users().stream(), who.outsiders().stream()))
        .distinct()
        .count();
  }

  private static void checkMeaning(Section section, Rule rule) {
    if (rule.effect() == Effect.ALLOW && rule.who().anyone() && rule.actions().isEverything()) {
      section.warnAt(
          rule.position(), "the rule '%s' allows everyone to run everything".formatted(rule.id()));
    }
    if (rule.effect() == Effect.DENY && rule.maxTargets().isPresent()) {
      section.refuseAt(
          rule.position(),
          "the rule '%s' denies, so 'max_targets' has no effect in it".formatted(rule.id()));
    }
    if (rule.effect() == Effect.DENY && rule.moreThan().isPresent()) {
      section.refuseAt(
          rule.position(),
          "the rule '%s' denies, so 'more_than' has no effect in it; set 'max_targets' in the rules that allow"
              .formatted(rule.id()));
    }
  }

  private static void warnOfUnusedGroups(
      Section section, Policy policy, Map<String, List<String>> groups) {
    for (var name : groups.keySet()) {
      var used = policy.rules().stream().anyMatch(rule -> mentions(rule, "group " + name));
      if (!used) {
        section.warn("groups", "defines '%s', which no rule uses".formatted(name));
      }
    }
  }

  private static boolean mentions(Rule rule, String words) {
    return rule.who().asWritten().contains(words)
        || rule.unless()
            .flatMap(Unless::who)
            .filter(who -> who.asWritten().contains(words))
            .isPresent()
        || rule.approval().stream()
            .flatMap(approval -> approval.requirements().stream())
            .anyMatch(requirement -> requirement.approvers().asWritten().contains(words));
  }
}
