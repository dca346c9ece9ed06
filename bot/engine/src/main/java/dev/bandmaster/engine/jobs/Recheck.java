package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalEvent.RecheckResult;
import dev.bandmaster.core.job.Job;

/**
 * Whether what was approved may still begin: whether everybody who counts may still approve it, and
 * whether the requester may still do it. Asks others and may take seconds.
 */
@FunctionalInterface
public interface Recheck {

  Result at(Approval approval, Job job);

  /** What looking gave. */
  sealed interface Result {
    record Seen(RecheckResult look) implements Result {}

    /** It cannot be found out now; the reason is a sentence. */
    record Unsure(String reason) implements Result {}
  }
}
