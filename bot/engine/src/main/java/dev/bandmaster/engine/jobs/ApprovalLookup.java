package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.StartConditions;
import dev.bandmaster.core.store.Approvals;
import dev.bandmaster.engine.view.ApprovalView;
import dev.bandmaster.plugin.Planned;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds jobs' requests for approval. What cannot change any more is remembered, so the many
 * drawings of a running job cost one question to the store. Safe for use by many threads.
 */
public final class ApprovalLookup {

  /** More than run at a time. */
  private static final int MOST_REMEMBERED = 2_000;

  private final Approvals approvals;
  private final StartConditions conditions;
  private final Function<Planned.Subject, Optional<String>> pages;
  private final Function<Planned.Work, List<String>> changes;
  private final Map<String, Optional<ApprovalView>> settled =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<ApprovalView>> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /**
   * @param conditions what keeps jobs from beginning; shown in requests for approval
   * @param pages where people read what is in a version
   */
  public ApprovalLookup(
      Approvals approvals,
      StartConditions conditions,
      Function<Planned.Subject, Optional<String>> pages) {
    this(approvals, conditions, pages, work -> List.of());
  }

  /**
   * @param conditions what keeps jobs from beginning; shown in requests for approval
   * @param pages where people read what is in a version
   * @param changes where they read what lies between what runs and what the work brings
   */
  public ApprovalLookup(
      Approvals approvals,
      StartConditions conditions,
      Function<Planned.Subject, Optional<String>> pages,
      Function<Planned.Work, List<String>> changes) {
    this.changes = changes;
    this.approvals = approvals;
    this.conditions = conditions;
    this.pages = pages;
  }

  /** A job's request, if anybody had to be asked. */
  Optional<ApprovalView> of(Job job) {
    synchronized (settled) {
      Optional<ApprovalView> known = settled.get(job.id());
      if (known != null) {
        return known;
      }
    }
    Optional<ApprovalView> look = approvals.byJob(job.id()).map(approval -> at(job, approval));
    // A job waits for approval from its beginning, or never does.
    boolean isSettled =
        job.state().status() != JobStatus.AWAITING_APPROVAL
            && look.stream().allMatch(seen -> seen.approval().state().status().isFinal());
    if (isSettled) {
      synchronized (settled) {
        settled.put(job.id(), look);
      }
    }
    return look;
  }

  /** A request that is just being made or decided, and so is not in the store yet. */
  ApprovalView at(Job job, Approval approval) {
    return new ApprovalView(
        approval,
        approval.state().status().isFinal()
            ? Optional.empty()
            : conditions.against(job).map(StartConditions.Wait::sentence),
        approval.supersedes().flatMap(this::number),
        job.work().subject().flatMap(pages),
        changes.apply(job.work()));
  }

  private Optional<Long> number(String request) {
    return approvals.find(request).map(Approval::number);
  }
}
