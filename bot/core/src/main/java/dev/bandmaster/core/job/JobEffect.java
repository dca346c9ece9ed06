package dev.bandmaster.core.job;

/** What has to be done because a job has gone on; possible only once its state is stored. */
public sealed interface JobEffect {

  /** Send this wave until the broker confirms it or its deadline is over. */
  record Send(Wave wave) implements JobEffect {}

  /**
   * Keep this piece of a node's output.
   *
   * @param position characters before it
   */
  record Keep(String node, long position, String text) implements JobEffect {}
}
