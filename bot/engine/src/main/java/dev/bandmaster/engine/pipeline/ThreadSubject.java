package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.job.Job;

/** What a thread is about. */
public sealed interface ThreadSubject {

  /** A job, or its request for approval. */
  record OfJob(Job job) implements ThreadSubject {}

  /** An alert. */
  record OfAlert(AlertGroup alert) implements ThreadSubject {}
}
