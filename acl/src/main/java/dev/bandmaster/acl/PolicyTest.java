package dev.bandmaster.acl;

import dev.bandmaster.yaml.Position;
import java.util.Locale;
import java.util.Optional;

/**
 * A test written in the policy file: this request must end like this.
 *
 * @param byRule the rule that must be among those that decide, if the file says so
 */
public record PolicyTest(
    Position position, Request request, Expected expected, Optional<String> byRule) {

  /** How a test wants a decision to end. */
  public enum Expected {
    ALLOW,
    DENY,
    APPROVE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is wrong with the policy by this test; empty when it passes. */
  public Optional<String> failure(Policy policy) {
    var decision = policy.decide(request);
    var got = outcome(decision);
    var who = request.principal().user();
    if (got != expected) {
      return Optional.of(
          "the test expects %s for %s asking %s, but the policy says %s: %s"
              .formatted(expected.word(), who, request.inWords(), got.word(), decision.reason()));
    }
    return byRule
        .filter(rule -> !decision.rules().contains(rule))
        .map(rule ->
            "the test expects the rule '%s' to decide %s asking %s, but the decision was: %s"
                .formatted(rule, who, request.inWords(), decision.reason()));
  }

  static Expected outcome(Decision decision) {
    return switch (decision) {
      case Decision.Allowed allowed -> Expected.ALLOW;
      case Decision.Denied denied -> Expected.DENY;
      case Decision.NeedsApproval approval -> Expected.APPROVE;
    };
  }
}
