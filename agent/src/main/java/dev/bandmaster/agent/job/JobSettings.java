package dev.bandmaster.agent.job;

import java.time.Duration;

/**
 * How requests are run.
 *
 * @param concurrent how many at the same time; others wait
 * @param output bytes of output that are kept and sent for one request
 * @param heartbeat interval between heartbeats of a running job
 * @param flush how long printed text waits for more
 * @param patience how long a cancelled job may take to end before its final is sent anyway
 */
public record JobSettings(
    int concurrent, long output, Duration heartbeat, Duration flush, Duration patience) {

  /** The usual times: a job heartbeat each 30 s, output each second, 3 min to go back. */
  public static JobSettings of(int concurrent, long output) {
    return new JobSettings(
        concurrent, output, Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(3));
  }
}
