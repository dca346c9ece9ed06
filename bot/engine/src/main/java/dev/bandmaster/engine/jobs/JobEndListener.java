package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Change;
import java.time.Instant;
import java.util.List;

/** Whom the end of a job concerns beside those who look at it. */
public interface JobEndListener {
  /** What is to be kept in the commit with which the job ends. */
  List<Change> with(Job job, Instant now);

  /** The commit is done; returns at once. */
  void after(Job job);

  /** Nobody. */
  JobEndListener UNNOTICED =
      new JobEndListener() {
        @Override
        public List<Change> with(Job job, Instant now) {
          return List.of();
        }

        @Override
        public void after(Job job) {}
      };
}
