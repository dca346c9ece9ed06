package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.approval.Digest;
import dev.bandmaster.core.approval.Vote;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Approvals;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Who approved a job, for nodes that demand approval themselves. Any thread. */
public final class Approvers implements Function<Job, List<String>> {
  /** In these states all have agreed who were needed. */
  private static final Set<ApprovalStatus> APPROVED =
      Set.of(ApprovalStatus.APPROVED, ApprovalStatus.DISPATCHED);

  private final Approvals approvals;

  public Approvers(Approvals approvals) {
    this.approvals = approvals;
  }

  /**
   * The principals of those who approved, in the order of their votes; of a job that uses an
   * earlier approval of the very same work again, of that one. Nobody approves an emergency.
   */
  @Override
  public List<String> apply(Job job) {
    if (job.emergency().isPresent()) {
      return List.of();
    }
    Optional<Approval> own = approvals.byJob(job.id());
    return own.or(() -> approvals.reusable(Digest.of(job), job.created()))
        .filter(approval -> APPROVED.contains(approval.state().status()))
        .map(Approvers::voters)
        .orElse(List.of());
  }

  private static List<String> voters(Approval approval) {
    return approval.state().yes().stream()
        .map(Vote::voter)
        .filter(voter -> !voter.maybeSame(approval.requester()))
        .map(voter -> voter.principal())
        .distinct()
        .toList();
  }
}
