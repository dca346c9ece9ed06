package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.Snapshot;
import java.time.Duration;
import java.util.List;

/**
 * What is asked of those who may approve.
 *
 * @param id the request's id
 * @param patience how long they have
 * @param earlier open requests of the same person for the same, whose place it takes
 */
record ApprovalRequestDraft(
    String id, Snapshot snapshot, Duration patience, List<Approval> earlier) {
  ApprovalRequestDraft {
    earlier = List.copyOf(earlier);
  }
}
