package dev.bandmaster.core.fleet;

/** How a node is, as far as anybody can tell who only receives its heartbeats. */
public enum NodeState {
  /** It is expected, and has never been seen. */
  NEW,
  /** It beats. */
  UP,
  /** A beat is overdue. Nobody is notified; the node is asked to show itself. */
  LATE,
  /** It has been silent for its whole timeout. */
  DOWN,
  /** It said goodbye, or somebody said that it is gone for good. */
  LEFT,
  /** It beats and answers nothing else. */
  ZOMBIE;

  /** Whether silence would mean something. */
  public boolean isWatched() {
    return this == UP || this == LATE || this == ZOMBIE;
  }
}
