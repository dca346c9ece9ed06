package dev.bandmaster.plugin;

/** What can be done with a job once nothing of it is running. */
public enum JobAction {
  /** The same command again, by the person who clicks. */
  RUN_AGAIN,
  /** The same work again, on the nodes where it failed. */
  RETRY_FAILED,
  /** Brings back what was there before; see {@link CommandTraits#undoneBy}. */
  UNDO
}
