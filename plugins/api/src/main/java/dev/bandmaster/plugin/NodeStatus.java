package dev.bandmaster.plugin;

/** How far a node has come with a job. */
public enum NodeStatus {
  WAITING,
  RUNNING,
  OK,
  FAILED,
  TIMEOUT,
  DENIED,
  INVALID,
  EXPIRED,
  LOST,
  DUPLICATE,
  CANCELLED,
  UNKNOWN_ACTION,
  /** The broker had nobody to give the request to. */
  UNROUTABLE,
  /** Nothing final was seen before the deadline. */
  NO_ANSWER;

  /** Whether nothing more is expected of the node. */
  public boolean isFinal() {
    return this != WAITING && this != RUNNING;
  }

  /** Whether the node is done and did not succeed. */
  public boolean isFailure() {
    return isFinal() && this != OK;
  }
}
