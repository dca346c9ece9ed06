package dev.bandmaster.engine.commands.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Difference;
import dev.bandmaster.plugin.Planned.Effect;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.plugin.Planned.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code undo}: brings back what ran before a deploy, on the nodes that it changed. Which version
 * that was is known from when the deploy was planned; nodes that went back by themselves already
 * have it, and to them nothing happens. A paused job is ended by it.
 */
final class UndoCommand implements Command.JobActionHandler {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "undo",
          List.of(),
          "restores the version from before a deploy",
          List.of(JobCommands.number()),
          List.of("undo 81"));

  @Override
  public String permission(String name) {
    return "rollback";
  }

  /** It is a rollback, and needs that right. */
  @Override
  public Right right(String permission, Job job) {
    return job.right().to("rollback");
  }

  @Override
  public Outcome of(Asker asker, Arguments arguments, Job job) {
    if (!job.state().status().isFinal() && job.state().status() != JobStatus.PAUSED) {
      return new Outcome.Refused(
          "Job %d is still running. To undo it, first run `cancel %d`."
              .formatted(job.number(), job.number()));
    }
    if (job.work().subject().isEmpty() || !job.work().action().equals("deploy")) {
      return new Outcome.Refused(
          "Only a deploy can be undone; job %d is not one.".formatted(job.number()));
    }
    List<String> touched =
        job.state().nodes().values().stream()
            .filter(work -> work.status() != NodeStatus.CANCELLED)
            .filter(work -> work.status() != NodeStatus.WAITING)
            .map(work -> work.node())
            .toList();
    if (touched.isEmpty()) {
      return new Outcome.Refused(
          "Job %d changed nothing, so there is nothing to undo.".formatted(job.number()));
    }
    List<Difference> before =
        job.work().differences().stream()
            .filter(change -> change.nodes().stream().anyMatch(touched::contains))
            .toList();
    Set<String> versions = before.stream().map(Difference::from).collect(Collectors.toSet());
    if (versions.size() != 1 || versions.contains("")) {
      return new Outcome.Refused(
          "Before job %d the nodes ran different versions. Choose one: `rollback %s %s version=…`."
              .formatted(
                  job.number(),
                  job.work().subject().get().environment(),
                  job.work().subject().get().application()));
    }
    return new Outcome.Work(
        rollback(job, job.work().subject().get(), versions.iterator().next(), touched),
        job,
        right("rollback", job),
        Optional.of(job).filter(paused -> !paused.state().status().isFinal()),
        Optional.empty());
  }

  private static Planned.Work rollback(
      Job job, Subject subject, String version, List<String> nodes) {
    return Planned.Work.atOnce(
            "rollback %s %s version=%s (undoes job %d)"
                .formatted(subject.environment(), subject.application(), version, job.number()),
            "deploy",
            "rollback",
            Data.Fields.EMPTY.with("app", subject.application()).with("version", version),
            new Reach.Frozen(nodes),
            Effect.CHANGES)
        .on(new Subject(subject.environment(), subject.application(), version))
        .changing(List.of(new Difference(nodes, subject.version(), version)));
  }
}
