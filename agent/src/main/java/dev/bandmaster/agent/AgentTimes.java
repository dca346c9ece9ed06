package dev.bandmaster.agent;

import dev.bandmaster.agent.job.JobSettings;
import dev.bandmaster.agent.outbox.ReplyOutbox;
import dev.bandmaster.agent.process.Supervisor;
import java.time.Duration;

/**
 * The agent's patience, which operators have no reason to change.
 *
 * @param jobHeartbeat interval between heartbeats of a running job
 * @param outputFlush how long printed text waits for more
 * @param termGrace what a program gets between TERM and KILL
 * @param endPatience how long a cancelled job may take to roll back
 * @param drain how long a stopping agent waits for running jobs before it ends them
 * @param spoolJitter longest wait between a reconnect and the flush of spooled replies
 */
public record AgentTimes(
    Duration jobHeartbeat,
    Duration outputFlush,
    Duration termGrace,
    Duration endPatience,
    Duration drain,
    Duration spoolJitter) {

  /** What production uses; three job heartbeats without a sign mean that a job is lost. */
  public static final AgentTimes USUAL =
      new AgentTimes(
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Supervisor.DEFAULT_GRACE,
          Duration.ofMinutes(3),
          Duration.ofSeconds(20),
          ReplyOutbox.JITTER);

  JobSettings jobs(int concurrent, long output) {
    return new JobSettings(concurrent, output, jobHeartbeat, outputFlush, endPatience);
  }
}
