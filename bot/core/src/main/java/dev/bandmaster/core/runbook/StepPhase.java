package dev.bandmaster.core.runbook;

/** How far a step of a runbook has come. */
public enum StepPhase {
  /** Its turn has not come. */
  WAITING,
  /** Its command is asked, and nothing is known yet of what became of it. */
  SENT,
  /** Its command became a job that has not ended. */
  RUNNING,
  /** A person has to answer its question or to approve. */
  ASKING,
  /** It waits for a time. */
  PAUSING,
  /** It failed, and a person has to say how to go on. */
  DECIDING,
  DONE,
  FAILED,
  /** It was not wanted. */
  SKIPPED;

  /** Whether the next step may follow. */
  public boolean isOver() {
    return switch (this) {
      case WAITING, SENT, RUNNING, ASKING, PAUSING, DECIDING -> false;
      case DONE, FAILED, SKIPPED -> true;
    };
  }
}
