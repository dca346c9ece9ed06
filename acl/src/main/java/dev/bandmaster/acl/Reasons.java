package dev.bandmaster.acl;

import dev.bandmaster.acl.Explanation.Verdict;
import dev.bandmaster.acl.Principal.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The sentences people read. */
final class Reasons {
  private Reasons() {}

  static String broken(Request request) {
    return start(request) + ": the policy could not be evaluated. Tell the bot's operators.";
  }

  static String account(Request request, Kind kind) {
    var account =
        switch (kind) {
          case EXTERNAL -> "people from other organizations have no permissions here";
          case GUEST -> "guests have no permissions here";
          case BOT -> "bots have no permissions here";
          case DEACTIVATED -> "this account is deactivated";
          case MEMBER ->
              throw new IllegalArgumentException("members have the permissions that rules grant");
        };
    return start(request) + ": " + account + " unless a rule names them.";
  }

  static String deactivated(Request request) {
    return start(request) + ": this account is deactivated.";
  }

  static String forbidden(Request request, Rule rule) {
    return "%s: the rule %s forbids it.%s"
        .formatted(start(request), rule.named(), rule.note().map(note -> " " + note).orElse(""));
  }

  static String brokenDeny(Request request, Rule rule) {
    return "%s: the rule %s could not be evaluated, and a deny rule is never skipped. Tell the bot's operators."
        .formatted(start(request), rule.named());
  }

  static String notAllowed(Request request, Optional<Verdict> nearest) {
    return "%s: no rule allows it.%s"
        .formatted(start(request), nearest.map(Reasons::nearest).orElse(""));
  }

  static String allowed(Rule rule) {
    return "The rule %s allows it.".formatted(rule.named());
  }

  static String approval(List<Rule> rules) {
    return rules.stream()
        .flatMap(rule -> rule.approval().stream().map(approval -> approval(rule, approval)))
        .collect(Collectors.joining(", and the rule ", "The rule ", "."));
  }

  private static String approval(Rule rule, Approval approval) {
    return "%s allows it once %s approve%s"
        .formatted(rule.named(), approval.inWords(), approval.people() == 1 ? "s" : "");
  }

  private static String nearest(Verdict verdict) {
    var rule = verdict.rule();
    var mismatch = verdict.mismatches().getFirst();
    var help =
        switch (mismatch.facet()) {
          case WHO -> " Ask one of them.";
          case WHERE -> " Ask there.";
          case TARGETS, ENVS, APPS, ARGUMENTS, UNLESS, EXTERNALLY_SHARED, ACTIONS -> "";
        };
    return " The nearest rule, %s, %s.%s".formatted(rule.named(), mismatch.allows(), help);
  }

  private static String start(Request request) {
    return "You may not run %s here".formatted(request.inWords());
  }
}
