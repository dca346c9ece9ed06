package dev.bandmaster.engine.pipeline;

import dev.bandmaster.acl.Approval;
import dev.bandmaster.acl.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What has to be approved before a command is carried out: everything that any rule wants, for any
 * of the environments and applications that are touched.
 */
public record ApprovalRequirements(List<Approval> approvals) {

  public static final ApprovalRequirements NONE = new ApprovalRequirements(List.of());

  public ApprovalRequirements {
    approvals = List.copyOf(approvals);
  }

  boolean isEmpty() {
    return approvals.isEmpty();
  }

  /**
   * Both. The same rule about another node wants the same people, not more of them; two rules that
   * apply to one node want theirs each.
   */
  ApprovalRequirements and(ApprovalRequirements others) {
    List<Approval> all = new ArrayList<>(approvals);
    List<Approval> known = new ArrayList<>(approvals);
    for (Approval other : others.approvals()) {
      if (!known.remove(other)) {
        all.add(other);
      }
    }
    return new ApprovalRequirements(all);
  }

  /** Who has to agree. */
  List<Requirement> requirements() {
    return approvals.stream().flatMap(approval -> approval.requirements().stream()).toList();
  }

  /** How many people end it by saying no; the strictest rule counts. */
  int denials() {
    return approvals.stream().mapToInt(Approval::denials).min().orElse(1);
  }

  /** How long it waits for people, where any rule says so. */
  Optional<Duration> expires() {
    return approvals.stream()
        .flatMap(approval -> approval.expires().stream())
        .min(Comparator.naturalOrder());
  }

  /** Whether somebody has to start it once it is approved. */
  boolean hold() {
    return approvals.stream().anyMatch(Approval::hold);
  }

  /** For how long the same may be done again; only where every rule says so. */
  Optional<Duration> reuseFor() {
    return approvals.stream().allMatch(approval -> approval.reuseFor().isPresent())
        ? approvals.stream()
            .flatMap(approval -> approval.reuseFor().stream())
            .min(Comparator.naturalOrder())
        : Optional.empty();
  }
}
