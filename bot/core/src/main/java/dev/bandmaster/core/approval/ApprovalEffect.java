package dev.bandmaster.core.approval;

import dev.bandmaster.core.job.JobEvent;

/** What has to be kept together with a request's new state. */
public sealed interface ApprovalEffect {

  /** An order for the job: it may begin when its turn comes, or it never will. */
  record SendOrder(JobEvent.Order order) implements ApprovalEffect {}

  /** The paused job whose place it takes is to end. */
  record End(String job) implements ApprovalEffect {}

  /** People are to be reminded. */
  record Remind() implements ApprovalEffect {}
}
