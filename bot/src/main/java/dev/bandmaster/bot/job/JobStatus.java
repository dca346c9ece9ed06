package dev.bandmaster.bot.job;

/** How far a job has come. */
public enum JobStatus {
  /** Stored; the broker has not confirmed it yet. */
  QUEUED,
  /** The nodes have it. */
  RUNNING,
  /** Every expected node is done and well. */
  SUCCEEDED,
  /** Some nodes are done and well, some are not. */
  PARTLY_FAILED,
  /** No node is done and well. */
  FAILED;

  /** Whether the asker has been given the end; a late answer may still correct it. */
  public boolean isFinal() {
    return this != QUEUED && this != RUNNING;
  }
}
