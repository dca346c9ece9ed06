package dev.bandmaster.engine.commands.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.NodeWork;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Planned.Reach;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code retry}: the same work once more, exactly as it was planned. In a job that paused because
 * nodes failed, the failed ones get their work again and the job goes on; of a job that has ended,
 * a job of its own does it.
 */
final class RetryCommand implements Command.JobActionHandler {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "retry",
          List.of(),
          "runs a job again, or only on its failed nodes",
          List.of(
              JobCommands.number(),
              Parameter.flag("failed", "only the nodes that did not succeed")),
          List.of("retry 81", "retry 81 --failed"));

  private final InstantSource clock;

  RetryCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public boolean applies(Job job) {
    return job.state().status().isFinal() || job.state().status() == JobStatus.PAUSED;
  }

  /** Anyone who may look at jobs may find one that they may repeat. */
  @Override
  public Set<String> permissions(String name) {
    return Set.of(JobCommand.DECLARATION.name());
  }

  /** Anyone who repeats work needs the right that the work needed. */
  @Override
  public Right right(String permission, Job job) {
    return job.right();
  }

  @Override
  public Outcome of(Asker asker, Arguments arguments, Job job) {
    List<String> failed = job.state().failed();
    if (job.state().status() == JobStatus.PAUSED) {
      return paused(asker, job, failed);
    }
    if (!job.state().status().isFinal()) {
      return new Outcome.Refused(
          "Job %d is still running. To stop it: `cancel %d`."
              .formatted(job.number(), job.number()));
    }
    if (arguments.has("failed")) {
      return failed.isEmpty()
          ? new Outcome.Refused("No node failed in job %d.".formatted(job.number()))
          : new Outcome.Work(
              job.work()
                  .only(
                      "%s (where job %d failed)".formatted(job.work().title(), job.number()),
                      failed),
              job,
              job.right());
    }
    return new Outcome.Work(
        job.work().reach() instanceof Reach.Frozen(List<String> nodes)
            ? job.work().only(job.work().title(), nodes)
            : job.work(),
        job,
        job.right());
  }

  /** The job goes on; or, where that has to be approved, what is left of it is a job of its own. */
  private Outcome paused(Asker asker, Job job, List<String> failed) {
    if (failed.isEmpty()) {
      return new Outcome.Refused(
          "No node has failed in job %d so far. To continue: `resume %d`."
              .formatted(job.number(), job.number()));
    }
    List<String> unfinished =
        job.state().nodes().values().stream()
            .filter(work -> work.status() != NodeStatus.OK)
            .map(NodeWork::node)
            .toList();
    return new Outcome.Work(
        job.work()
            .only(
                "%s (the rest of job %d)".formatted(job.work().title(), job.number()), unfinished),
        job,
        job.right(),
        Optional.of(job),
        Optional.of(order(asker, job, failed)));
  }

  private Outcome.Done order(Asker asker, Job job, List<String> failed) {
    Instant now = clock.instant();
    return Outcome.done(
        "%s of job %d run%s the work again; then the job continues."
            .formatted(
                failed.size() == 1
                    ? "The failed node " + failed.getFirst()
                    : "The " + failed.size() + " failed nodes",
                job.number(),
                failed.size() == 1 ? "s" : ""),
        new Change.SendJobOrder(
            Ids.next(now),
            job.id(),
            new JobEvent.RetryFailed(asker.person().name(), requests(job, failed.size(), now))));
  }

  /** As many as there are nodes at a time, as in the rollout itself. */
  private static List<String> requests(Job job, int failed, Instant now) {
    int widest = job.rules().widest();
    return Stream.generate(() -> Ids.next(now)).limit((failed + widest - 1) / widest).toList();
  }
}
