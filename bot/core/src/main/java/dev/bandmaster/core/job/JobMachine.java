package dev.bandmaster.core.job;

import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Rollout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * How a job goes on: {@code (state, events, now) → state + effects}. Pure.
 *
 * <p>These things hold whatever arrives and in whatever order: a node that is done stays done,
 * except that the node's own final corrects the bot's conclusion about its silence, and that a
 * person may give a failed node its work once more; a reply that was seen before changes nothing;
 * at most one wave of work is under way; and once the deadline of the last wave is over every node
 * has a final status.
 */
public final class JobMachine {
  private JobMachine() {}

  /**
   * What became of a job.
   *
   * @param effects what has to be done once the state is stored, in this order
   */
  public record Advanced(JobState state, List<JobEffect> effects) {
    public Advanced {
      effects = List.copyOf(effects);
    }
  }

  /**
   * The state of a job that has not begun.
   *
   * @param id request of the first wave
   * @param more gives the further waves their requests
   * @param approved whether nobody has to say yes any more; approvers have to be asked again
   *     whether it may begin
   */
  public static JobState planned(
      String id, Planned.Work work, Supplier<String> more, boolean approved) {
    Map<String, NodeWork> nodes = new TreeMap<>();
    work.reach().nodes().forEach(node -> nodes.put(node, NodeWork.waiting(node)));
    return new JobState(
        approved ? JobStatus.QUEUED : JobStatus.AWAITING_APPROVAL,
        nodes,
        waves(id, work, more),
        work.subject().isEmpty() && approved,
        false,
        0,
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty());
  }

  private static List<Wave> waves(String id, Planned.Work work, Supplier<String> more) {
    Rollout rollout = work.rollout();
    List<List<String>> steps =
        work.reach() instanceof Planned.Reach.Frozen(List<String> nodes)
            ? rollout.steps(nodes)
            : List.of(work.reach().nodes());
    List<Wave> waves = new ArrayList<>();
    for (List<String> step : steps) {
      if (!waves.isEmpty() && rollout.check().isPresent()) {
        List<String> before = waves.getLast().nodes();
        waves.add(Wave.planned(more.get(), Wave.Kind.CHECK, before));
      }
      waves.add(Wave.planned(waves.isEmpty() ? id : more.get(), Wave.Kind.WORK, step));
    }
    return waves;
  }

  /** Applies events in their order; without any, the job begins if it may. */
  public static Advanced apply(
      JobState state, JobRules rules, Collection<? extends JobEvent> events, Instant now) {
    JobTurn turn = new JobTurn(state, rules, now);
    turn.proceed();
    for (JobEvent event : events) {
      turn.apply(event);
      turn.proceed();
    }
    return turn.finish();
  }

  /** When time alone may change something, unless something else happens before. */
  public static Optional<Instant> nextTimer(JobState state) {
    List<Instant> timers = new ArrayList<>();
    for (Wave wave : state.waves()) {
      if (wave.isUnderWay()) {
        wave.deadline().ifPresent(timers::add);
      }
    }
    state.resumes().filter(when -> !state.held()).ifPresent(timers::add);
    state.nodes().values().stream()
        .filter(node -> node.status() == NodeStatus.RUNNING)
        .flatMap(node -> node.lostAt().stream())
        .forEach(timers::add);
    return timers.stream().min(Instant::compareTo);
  }
}
