package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalEvent;
import dev.bandmaster.core.approval.ApprovalEvent.RecheckResult;
import dev.bandmaster.core.approval.ApprovalMachine;
import dev.bandmaster.core.approval.ApprovalMachine.Advanced;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.approval.Digest;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.StartConditions;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a queued job begins now, and what is kept together with that. What had to be approved
 * begins in the same commit that says so of its request; a job whose request does not let it begin
 * waits.
 */
final class StartDecision {

  private final Store store;
  private final StartConditions conditions;
  private final RecheckRunner clearance;

  StartDecision(Store store, StartConditions conditions, RecheckRunner clearance) {
    this.store = store;
    this.conditions = conditions;
    this.clearance = clearance;
  }

  /**
   * What happens to the job.
   *
   * @param changes what is to be kept with it
   * @param decided its request, where that has ended or come back
   */
  record Turn(JobEvent event, List<Change> changes, Optional<Approval> decided) {
    Turn {
      changes = List.copyOf(changes);
    }

    static Turn waits(String reason) {
      return new Turn(new JobEvent.Blocked(reason), List.of(), Optional.empty());
    }
  }

  Turn of(Job job, Instant now) {
    return conditions
        .against(job)
        .map(wait -> Turn.waits(wait.sentence()))
        .orElseGet(() ->
            store
                .approvals()
                .byJob(job.id())
                .map(approval -> approved(job, approval, now))
                .orElseGet(() -> begins(job, List.of())));
  }

  private static Turn begins(Job job, List<Change> along) {
    List<Change> changes = new ArrayList<>(along);
    job.work()
        .subject()
        .ifPresent(subject -> changes.add(new Change.EnterDeployQueue(subject, job.id())));
    return new Turn(new JobEvent.SlotTaken(), changes, Optional.empty());
  }

  /** What becomes of a job whose turn it is and that had to be approved. */
  Turn approved(Job job, Approval approval, Instant now) {
    if (approval.state().status() != ApprovalStatus.APPROVED || approval.isHeld()) {
      return Turn.waits("Awaits approval.");
    }
    return clearance
        .of(approval, job, now)
        .map(result ->
            switch (result) {
              case Recheck.Result.Unsure(String reason) ->
                  Turn.waits("Waits: the final check is not possible now. " + reason);
              case Recheck.Result.Seen(RecheckResult look) ->
                  looked(job, approval, unchanged(job, approval, look), now);
            })
        .orElseGet(() -> Turn.waits("Waits: the final check is running."));
  }

  /** What was approved is what runs. */
  private static RecheckResult unchanged(Job job, Approval approval, RecheckResult look) {
    return Digest.of(job).equals(approval.digest())
        ? look
        : new RecheckResult(
            look.barred(),
            Optional.of("The plan differs from what was approved. Request it again."));
  }

  private Turn looked(Job job, Approval approval, RecheckResult look, Instant now) {
    Advanced advanced = ApprovalMachine.apply(approval, new ApprovalEvent.Begins(look), now);
    Change update = new Change.UpdateApproval(approval, advanced.state(), now);
    Approval after = approval.with(advanced.state());
    clearance.forget(approval);
    return switch (after.state().status()) {
      case DISPATCHED -> begins(job, List.of(update));
      case PENDING ->
          new Turn(
              new JobEvent.Unapproved(after.state().note()), List.of(update), Optional.of(after));
      case LAPSED, EXPIRED ->
          new Turn(
              new JobEvent.Declined("nobody", after.state().note()),
              List.of(update),
              Optional.of(after));
      case APPROVED, DENIED, CANCELLED, SUPERSEDED -> Turn.waits("Awaits approval.");
    };
  }
}
