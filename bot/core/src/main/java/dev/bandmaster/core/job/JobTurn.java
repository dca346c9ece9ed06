package dev.bandmaster.core.job;

import dev.bandmaster.model.TargetReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Applies events to a job, one after the other. */
final class JobTurn {
  private final JobDraft draft;
  private final NodeReportHandler reports;
  private final JobOrders orders;
  private final JobProgress progress;

  JobTurn(JobState state, JobRules rules, Instant now) {
    draft = new JobDraft(state, rules, now);
    reports = new NodeReportHandler(draft);
    orders = new JobOrders(draft);
    progress = new JobProgress(draft);
  }

  void apply(JobEvent event) {
    switch (event) {
      case JobEvent.Approved _ -> orders.approved();
      case JobEvent.Declined(String by, String reason) -> orders.declined(by, reason);
      case JobEvent.Pause(String by) -> orders.pause(by);
      case JobEvent.Resume _ -> orders.resume();
      case JobEvent.RetryFailed(String _, List<String> requests) -> orders.retryFailed(requests);
      case JobEvent.Cancel(String by, String request) -> orders.cancel(by, request);
      case JobEvent.Dispatched(String request, List<String> absent, Optional<String> handle) ->
          reports.dispatched(request, absent, handle);
      case JobEvent.Assigned(String request, String handle) -> reports.assigned(request, handle);
      case JobEvent.Unroutable(String request, String reason) ->
          reports.unroutable(request, reason);
      case JobEvent.Delayed(String request, String reason) -> reports.delayed(request, reason);
      case JobEvent.Replied(TargetReport reply, String _) -> reports.replied(reply);
      case JobEvent.Unapproved(String reason) -> progress.unapproved(reason);
      case JobEvent.SlotTaken() -> progress.slotTaken();
      case JobEvent.Blocked(String reason) -> progress.blocked(reason);
      case JobEvent.TimePassed() -> progress.timePassed();
      case JobEvent.TakenUp() -> progress.takenUp();
    }
  }

  /** Closes what is complete and starts what may start. */
  void proceed() {
    progress.proceed();
  }

  JobMachine.Advanced finish() {
    return draft.finish();
  }
}
