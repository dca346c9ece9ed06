package dev.bandmaster.core.alert;

/** What follows from what happened to an episode. */
public sealed interface AlertEffect {

  /**
   * Its message is to show its newest state.
   *
   * @param urgent whether it is a first post, or says that all is well
   */
  record Draw(boolean urgent) implements AlertEffect {}

  /**
   * Something is to be said in its thread.
   *
   * @param number counts what was said there
   * @param broadcast whether the channel is to see it too
   */
  record Say(int number, ThreadUpdate word, boolean broadcast) implements AlertEffect {}

  /** The owner is to be notified that a channel refuses alerts. */
  record Complain(String channel, String reason) implements AlertEffect {}
}
