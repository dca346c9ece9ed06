package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.engine.view.JobText;
import dev.bandmaster.plugin.NodeStatus;
import java.time.Instant;
import java.util.Optional;

/** What the audit says about a job; who asked for it is in the line of the command. */
final class JobAudit {
  private JobAudit() {}

  /** The line about the end. */
  static AuditEntry ended(Job job, Instant now) {
    return new AuditEntry(
        now,
        job.asker().principal(),
        job.place().channel(),
        job.work().title(),
        job.right().permission(),
        environment(job),
        application(job),
        Long.toString(job.number()),
        JobText.of(job.state().status()),
        "ok %d of %d%s"
            .formatted(
                job.state().count(NodeStatus.OK),
                job.state().nodes().size(),
                Optional.of(job.state().note())
                    .filter(note -> !note.isEmpty())
                    .map(note -> "; " + note)
                    .orElse("")),
        "",
        "");
  }

  private static String environment(Job job) {
    return job.work()
        .subject()
        .map(subject -> subject.environment())
        .orElse(job.right().environment());
  }

  private static String application(Job job) {
    return job.work()
        .subject()
        .map(subject -> subject.application())
        .orElse(job.right().application());
  }
}
