package dev.bandmaster.core.backend;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.Wave;
import java.util.List;
import java.util.Set;

/**
 * A wave of a job on its way to a backend.
 *
 * @param lease the name under which the job is kept, and to which its reports come back
 * @param requesterIds all principals under which the requester of the job is known; targets may
 *     decide by any of them
 * @param approvedBy principals who approved the job, in the order of their votes
 */
public record WaveDispatch(
    String lease, Job job, Wave wave, Set<String> requesterIds, List<String> approvedBy) {
  public WaveDispatch {
    requesterIds = Set.copyOf(requesterIds);
    approvedBy = List.copyOf(approvedBy);
  }

  /** A wave of a job that nobody had to approve. */
  public WaveDispatch(String lease, Job job, Wave wave, Set<String> requesterIds) {
    this(lease, job, wave, requesterIds, List.of());
  }
}
