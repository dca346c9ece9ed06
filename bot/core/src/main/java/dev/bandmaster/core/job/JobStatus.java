package dev.bandmaster.core.job;

/** How far a job has come. */
public enum JobStatus {
  /** Somebody has to say yes first. */
  AWAITING_APPROVAL,
  /** Stored; other work comes first, or the broker has not confirmed it yet. */
  QUEUED,
  /** The nodes of a wave have it, or it waits between two waves. */
  RUNNING,
  /** Nothing is under way, and a person has to say how to go on. */
  PAUSED,
  /** Every expected node is done and well. */
  SUCCEEDED,
  /** Some nodes are done and well, some are not. */
  PARTLY_FAILED,
  /** No node is done and well. */
  FAILED,
  /** No node is done and well, and none of them has said why. */
  TIMED_OUT,
  /** A person stopped it. */
  CANCELLED;

  /** Whether the asker has been given the end; a late answer may still correct it. */
  public boolean isFinal() {
    return switch (this) {
      case AWAITING_APPROVAL, QUEUED, RUNNING, PAUSED -> false;
      case SUCCEEDED, PARTLY_FAILED, FAILED, TIMED_OUT, CANCELLED -> true;
    };
  }
}
