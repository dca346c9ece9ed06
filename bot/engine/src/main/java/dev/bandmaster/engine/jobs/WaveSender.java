package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.Wave;

/** Brings waves to the nodes. */
@FunctionalInterface
public interface WaveSender {

  /**
   * Sends a wave in the background until the backend has confirmed it, its deadline is over or it
   * is not wanted any more. Sending one that is being sent does nothing.
   *
   * @param lease the name to which the nodes answer
   */
  void send(String lease, Job job, Wave wave);

  /**
   * Goes on with a wave that was to be sent when its job was taken over: an earlier process may
   * have sent it. Where that matters it is not sent again.
   */
  default void recover(String lease, Job job, Wave wave) {
    send(lease, job, wave);
  }

  /** Goes on with a wave that runs already, after its job was taken over. */
  default void resume(String lease, Job job, Wave wave) {}
}
