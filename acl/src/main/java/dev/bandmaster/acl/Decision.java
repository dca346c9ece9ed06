package dev.bandmaster.acl;

import java.util.List;
import java.util.OptionalInt;

/** The policy's answer. Every answer says why, by which rules and by which policy. */
public sealed interface Decision {
  /** The sentence the person reads. */
  String reason();

  /** Ids of the rules that decided; empty when none did. */
  List<String> rules();

  /** SHA-256 of the policy's text, in hexadecimal. */
  String policyHash();

  /**
   * Go ahead.
   *
   * @param confirmAll ask "run on all nodes?" first
   * @param maxParallel how many nodes may work at once, if the rules limit it
   */
  record Allowed(
      String reason,
      List<String> rules,
      String policyHash,
      boolean confirmAll,
      OptionalInt maxParallel)
      implements Decision {
    public Allowed {
      rules = List.copyOf(rules);
    }
  }

  /** Denied; the reason says why and whom to ask. */
  record Denied(String reason, List<String> rules, String policyHash) implements Decision {
    public Denied {
      rules = List.copyOf(rules);
    }
  }

  /**
   * Go ahead once every one of these approvals is given.
   *
   * @param approvals one for each rule that asks for approval; never empty
   */
  record NeedsApproval(
      String reason,
      List<String> rules,
      String policyHash,
      List<Approval> approvals,
      boolean confirmAll,
      OptionalInt maxParallel)
      implements Decision {
    public NeedsApproval {
      rules = List.copyOf(rules);
      approvals = List.copyOf(approvals);
      if (approvals.isEmpty()) {
        throw new IllegalArgumentException("an approval needs at least one approver");
      }
    }
  }
}
