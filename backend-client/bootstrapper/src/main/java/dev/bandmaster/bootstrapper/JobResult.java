package dev.bandmaster.bootstrapper;

import java.util.Map;
import java.util.TreeMap;

/** What the service says about a job. Reasons are bounded sentences for people. */
public sealed interface JobResult {

  /** Other jobs come first. */
  record Queued() implements JobResult {}

  /** It runs. */
  record Waiting() implements JobResult {}

  /** It ended, and what happened on which host is not known. */
  record Failed() implements JobResult {}

  /**
   * It ended.
   *
   * @param hosts what was counted, by host; may be empty
   */
  record Finished(Map<String, HostStats> hosts) implements JobResult {
    public Finished {
      hosts = java.util.Collections.unmodifiableMap(new TreeMap<>(hosts));
    }
  }

  /** The service does not know the job. */
  record Gone(String reason) implements JobResult {}

  /** The service answered, and the answer is none of those that it should give. */
  record Unreadable(String reason) implements JobResult {}

  /** The service could not be asked; asking again may help. */
  record Unavailable(String reason) implements JobResult {}
}
