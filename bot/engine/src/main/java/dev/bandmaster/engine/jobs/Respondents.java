package dev.bandmaster.engine.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.NodeWork;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.plugin.Planned.Reach;
import java.util.List;
import java.util.Optional;

/**
 * Whose answers count. A trusted node may answer what it was asked and nothing else: a wave to
 * named nodes counts answers of these nodes, a broadcast those of nodes that could match. Used by
 * the engine's thread.
 */
public interface Respondents {
  /** Counts answers of named nodes only. */
  Respondents NAMED =
      new Respondents() {
        @Override
        public boolean couldMatch(String node, String environment, String filter) {
          return false;
        }

        @Override
        public void dropped(Job job, TargetReport reply) {}
      };

  /**
   * Whether a node that a broadcast does not name could be among those that it reaches.
   *
   * @param environment of the broadcast; empty for all
   * @param filter of the broadcast; empty for all
   */
  boolean couldMatch(String node, String environment, String filter);

  /** An answer was dropped, since its sender was not asked. Returns quickly. */
  void dropped(Job job, TargetReport reply);

  /**
   * What of an answer counts: reports of the job's targets, or nothing if its sender was not asked,
   * which is then noted as dropped.
   *
   * @param by the backend that brought it; empty if that does not matter
   */
  default List<TargetReport> counted(Job job, TargetReport reply, String by) {
    if (wasAsked(job, reply)) {
      return List.of(reply);
    }
    dropped(job, reply);
    return List.of();
  }

  /** Whether an answer comes from a node that was asked. */
  default boolean wasAsked(Job job, TargetReport reply) {
    NodeWork work = job.state().nodes().get(reply.node());
    if (work != null && work.request().equals(reply.request())) {
      return true;
    }
    Optional<Wave> found =
        job.state().waves().stream()
            .filter(candidate -> candidate.request().equals(reply.request()))
            .findFirst();
    // An unknown request changes nothing in the job.
    return found.isEmpty() || wasAsked(job, found.get(), reply.node());
  }

  private boolean wasAsked(Job job, Wave wave, String node) {
    if (wave.nodes().contains(node)) {
      return true;
    }
    return switch (job.work().reach()) {
      case Reach.Frozen _ -> false;
      // Which hosts there are only the service knows, and it reports them itself.
      case Reach.ChosenByBackend _ -> true;
      case Reach.Broadcast(String environment, String filter, List<String> _) ->
          wave.kind() == Wave.Kind.WORK && couldMatch(node, environment, filter);
    };
  }
}
