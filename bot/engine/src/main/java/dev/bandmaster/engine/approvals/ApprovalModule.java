package dev.bandmaster.engine.approvals;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.engine.jobs.ApprovalNotifier;
import dev.bandmaster.engine.jobs.Recheck;
import dev.bandmaster.engine.pipeline.ApprovalSettings;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Voters;
import java.util.List;

/** Everything that decides about approvals, put together. */
public final class ApprovalModule {
  private final Voters voters;
  private final PolicyRecheck recheck;
  private final VotingService voting;
  private final ApprovalNotifier notifier;
  private final ApprovalSettings settings;

  public ApprovalModule(
      Voters voters,
      PolicyRecheck recheck,
      VotingService voting,
      ApprovalNotifier notifier,
      ApprovalSettings settings) {
    this.voters = voters;
    this.recheck = recheck;
    this.voting = voting;
    this.notifier = notifier;
    this.settings = settings;
  }

  /** Whether what was approved may still begin. */
  public Recheck secondLook() {
    return recheck;
  }

  /** What has to be kept for a request whose job is cancelled. */
  public List<Change> cancelled(Asker asker, Job job) {
    return voting.cancelled(asker, job);
  }

  public Voters voters() {
    return voters;
  }

  public VotingService voting() {
    return voting;
  }

  public ApprovalNotifier notifier() {
    return notifier;
  }

  public ApprovalSettings settings() {
    return settings;
  }
}
