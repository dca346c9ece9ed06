package dev.bandmaster.engine.jobs;

import static dev.bandmaster.core.job.SampleJobs.NOON;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.StartConditions;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Lease;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.view.JobRenderer;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.plugin.Presenter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An engine whose rounds a test runs itself, so that it decides what happens between them. */
public final class JobEngineBench {
  final SettableClock clock = new SettableClock(NOON);
  final List<Wave> sent = new ArrayList<>();
  final Lease lease;
  public final JobEngine engine;
  private final Store store;
  private final JobNotifier report;

  /** What a test may have fail for single jobs. */
  static class Parts {
    JobStep step(Job job, List<? extends JobEvent> events, Instant now) {
      return JobStep.of(job, events, now);
    }

    Presenter presenter(String command) {
      return Presenter.PLAIN;
    }

    AuditEntry audit(Job job, Instant now) {
      return JobAudit.ended(job, now);
    }

    /** Is called before it is looked whether a job may start. */
    void check(Job job) {}

    /** Is called before a job's wave is handed over. */
    void send(Job job) {}
  }

  /** An engine of its own over a store that may be shared, in its own lease. */
  public JobEngineBench(Store store, String holder) {
    this(store, holder, new Parts());
  }

  /** An engine some of whose parts fail. */
  JobEngineBench(Store store, String holder, Parts parts) {
    this.store = store;
    this.report =
        new JobNotifier(
            new JobRenderer(parts::presenter),
            store.jobs(),
            new ApprovalLookup(
                store.approvals(), job -> Optional.empty(), subject -> Optional.empty()),
            parts::audit);
    StartConditions conditions = TestStartConditions.of(store, clock);
    this.engine =
        new JobEngine(
            store,
            job -> {
              parts.check(job);
              return conditions.against(job);
            },
            report,
            Duration.ofSeconds(2),
            parts::step,
            clock);
    engine.sendBy((name, job, wave) -> {
      parts.send(job);
      sent.add(wave);
    });
    this.lease = store.leases().take("bot-1", holder, Duration.ofMinutes(1), true).orElseThrow();
    done(engine.takeUp(lease));
  }

  /** Commits a job and hands it in. */
  public Job open(Job job) {
    store.commit(
        new Change.Fence(lease), new Change.CreateJob(job, lease.name()), report.beginning(job));
    engine.opened(lease, job);
    round();
    return job;
  }

  void happens(Job job, JobEvent event) {
    done(engine.happened(job.id(), event));
  }

  public void replies(TargetReport... batch) {
    done(engine.replied(lease.name(), List.of(batch)));
  }

  public void replies(List<TargetReport> batch) {
    done(engine.replied(lease.name(), batch));
  }

  public void after(Duration time) {
    clock.advance(time);
    round();
  }

  void round() {
    engine.round(new ArrayList<>());
  }

  void done(CompletableFuture<Void> handed) {
    round();
    handed.join();
  }
}
