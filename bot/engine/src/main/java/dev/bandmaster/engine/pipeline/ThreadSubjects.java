package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.job.Job;
import java.util.List;

/** Finds out what the thread is about in which somebody asks. Only what is stored is looked at. */
@FunctionalInterface
public interface ThreadSubjects {

  /** What the asker's thread is about, the newest job first; empty outside of such threads. */
  List<ThreadSubject> of(Asker asker);

  /** The jobs among these. */
  static List<Job> jobs(List<ThreadSubject> subjects) {
    return subjects.stream()
        .filter(ThreadSubject.OfJob.class::isInstance)
        .map(ThreadSubject.OfJob.class::cast)
        .map(ThreadSubject.OfJob::job)
        .toList();
  }
}
