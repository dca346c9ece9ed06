package dev.bandmaster.bot.work;

import dev.bandmaster.bot.approval.Approval;
import dev.bandmaster.bot.approval.ApprovalEvent.FreshLook;
import dev.bandmaster.bot.job.Job;

/**
 * Whether what was approved may still begin: whether everybody who counts may still approve it, and
 * whether whoever asked for it may still do it. Asks others and may take seconds.
 */
@FunctionalInterface
public interface SecondLook {

  Result at(Approval approval, Job job);

  /** What looking gave. */
  sealed interface Result {
    record Seen(FreshLook look) implements Result {}

    /** It cannot be found out now; the reason is a sentence. */
    record Unsure(String reason) implements Result {}
  }
}
