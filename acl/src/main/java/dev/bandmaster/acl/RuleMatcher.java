package dev.bandmaster.acl;

import java.util.Comparator;
import java.util.List;

/** Compares a rule with a request. */
@FunctionalInterface
interface RuleMatcher {
  /** Everything about the rule that does not fit; empty when it applies. */
  List<Mismatch> mismatches(Rule rule, Request request);

  /** Whether nothing about the rule mismatches. Asked of every rule for every command. */
  default boolean applies(Rule rule, Request request) {
    return mismatches(rule, request).isEmpty();
  }

  /** Asks the conditions one after the other; words are found only for those that are not met. */
  static RuleMatcher standard() {
    return new RuleMatcher() {
      @Override
      public List<Mismatch> mismatches(Rule rule, Request request) {
        return Condition.ALL.stream()
            .filter(condition -> !condition.isMet(rule, request))
            .map(condition -> condition.mismatch(rule, request))
            .sorted(Comparator.comparing(Mismatch::facet))
            .toList();
      }

      @Override
      public boolean applies(Rule rule, Request request) {
        for (Condition condition : Condition.ALL) {
          if (!condition.isMet(rule, request)) {
            return false;
          }
        }
        return true;
      }
    };
  }
}
