package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEffect;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobMachine;
import dev.bandmaster.core.job.JobMachine.Advanced;
import dev.bandmaster.core.job.NodeWork;
import dev.bandmaster.core.store.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A job before and after what happened to it.
 *
 * @param effects what has to be done once the step is stored
 */
record JobStep(Job before, Job after, List<JobEffect> effects) {
  JobStep {
    effects = List.copyOf(effects);
  }

  /** What becomes of a job; the machine, or in tests one that fails. */
  @FunctionalInterface
  interface Machine {
    JobStep step(Job job, List<? extends JobEvent> events, Instant now);
  }

  static JobStep of(Job job, List<? extends JobEvent> events, Instant now) {
    Advanced advanced = JobMachine.apply(job.state(), job.rules(), events, now);
    return new JobStep(job, job.with(advanced.state()), advanced.effects());
  }

  boolean changesNothing() {
    return before.state().equals(after.state());
  }

  /** Whether the job has ended with this step. */
  boolean ends() {
    return after.state().status().isFinal() && !before.state().status().isFinal();
  }

  /** What is to be kept, and to be shown where the job has ended. */
  List<Change> changes(JobNotifier report, Instant now) {
    if (changesNothing()) {
      return List.of();
    }
    List<JobEffect.Keep> printed =
        effects.stream()
            .filter(JobEffect.Keep.class::isInstance)
            .map(JobEffect.Keep.class::cast)
            .toList();
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.UpdateJob(after, touched(), wavesChanged(), printed));
    if (after.state().status().isFinal()) {
      changes.addAll(report.end(after, !ends(), printed));
    }
    if (ends()) {
      changes.add(report.audited(after, now));
      if (after.rules().needsSlot()) {
        changes.add(new Change.LeaveDeployQueue(after.id()));
      }
    }
    return changes;
  }

  private boolean wavesChanged() {
    return !after.state().waves().equals(before.state().waves());
  }

  private Set<String> touched() {
    Set<String> touched = new HashSet<>();
    for (NodeWork work : after.state().nodes().values()) {
      if (!work.equals(before.state().nodes().get(work.node()))) {
        touched.add(work.node());
      }
    }
    return touched;
  }
}
