package dev.bandmaster.core.runbook;

/** How far a run of a runbook has come. */
public enum RunbookStatus {
  RUNNING,
  /** Every step that was wanted is done. */
  SUCCEEDED,
  /** A step failed, or somebody stopped it at a question. */
  FAILED,
  /** A person cancelled it. */
  CANCELLED
}
