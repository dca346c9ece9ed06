package dev.bandmaster.core.store;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.job.Right;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Requests for approval, open and past. */
public interface Approvals {

  Optional<Approval> find(String id);

  /** The request of the job with this number. */
  Optional<Approval> byNumber(long number);

  /** The request of the job with this id. */
  Optional<Approval> byJob(String job);

  /** Requests that have not ended, the oldest first. */
  List<Approval> open(int limit);

  /** The open requests of one person for the same right in the same place, the oldest first. */
  List<Approval> open(String requester, Right right);

  /**
   * Requests with which time has something to do, the most overdue first. What waits costs nothing.
   */
  List<Approval> due(Instant now, int limit);

  /** A request for the very same that was approved and may be used again, the newest first. */
  Optional<Approval> reusable(String digest, Instant now);
}
