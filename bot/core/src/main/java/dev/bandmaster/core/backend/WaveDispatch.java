package dev.bandmaster.core.backend;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.Wave;
import java.util.Set;

/**
 * A wave of a job on its way to a backend.
 *
 * @param lease the name under which the job is kept, and to which its reports come back
 * @param requesterIds all principals under which the requester of the job is known; targets may
 *     decide by any of them
 */
public record WaveDispatch(String lease, Job job, Wave wave, Set<String> requesterIds) {
  public WaveDispatch {
    requesterIds = Set.copyOf(requesterIds);
  }
}
