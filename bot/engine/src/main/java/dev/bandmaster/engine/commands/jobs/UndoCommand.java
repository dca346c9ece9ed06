package dev.bandmaster.engine.commands.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.pipeline.CommandPlugins;
import dev.bandmaster.engine.pipeline.CommandPlugins.Undo;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Difference;
import dev.bandmaster.plugin.Planned.Subject;
import java.util.ArrayList;
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
          List.of(
              JobCommands.number(),
              Parameter.named(
                  "emergency", new Parameter.Type.Word(), "reason to skip approval and freezes")),
          List.of("undo 81"));

  /** Jobs after a job that are looked at. */
  private static final int MOST_LATER = 10;

  private final CommandPlugins plugins;
  private final Jobs jobs;

  UndoCommand(CommandPlugins plugins, Jobs jobs) {
    this.plugins = plugins;
    this.jobs = jobs;
  }

  @Override
  public boolean applies(Job job) {
    return plugins.undoOf(job).isPresent();
  }

  @Override
  public Set<String> permissions(String name) {
    return plugins.undoPermissions();
  }

  /** It needs the right of the command that undoes the job. */
  @Override
  public Right right(String permission, Job job) {
    return job.right()
        .to(
            plugins
                .undoOf(job)
                .map(Undo::command)
                .or(() -> plugins.undoPermissions().stream().findFirst())
                .orElse(permission));
  }

  @Override
  public Outcome of(Asker asker, Arguments arguments, Job job) {
    if (!job.state().status().isFinal() && job.state().status() != JobStatus.PAUSED) {
      return new Outcome.Refused(
          "Job %d is still running. To undo it, first run `cancel %d`."
              .formatted(job.number(), job.number()));
    }
    Optional<Undo> undo = plugins.undoOf(job);
    if (undo.isEmpty() || job.work().subject().isEmpty()) {
      return new Outcome.Refused(
          "Only a deploy can be undone; job %d is not one.".formatted(job.number()));
    }
    Subject subject = job.work().subject().get();
    if (job.work().reach() instanceof Planned.Reach.ChosenByBackend) {
      return new Outcome.Refused(
          "What ran on the hosts of job %d before is not known. To deploy the last good version: `%s %s %s`."
              .formatted(
                  job.number(),
                  undo.get().command(),
                  subject.environment(),
                  subject.application()));
    }
    List<String> touched =
        job.state().nodes().values().stream()
            .filter(work -> work.status() != NodeStatus.CANCELLED)
            .filter(work -> work.status() != NodeStatus.WAITING)
            .map(work -> work.node())
            .toList();
    String goBack =
        "%s %s %s".formatted(undo.get().command(), subject.environment(), subject.application());
    List<Difference> before =
        job.work().differences().stream()
            .filter(change -> change.nodes().stream().anyMatch(touched::contains))
            .toList();
    if (touched.isEmpty()
        || (!before.isEmpty()
            && before.stream().allMatch(change -> change.from().equals(subject.version())))) {
      return new Outcome.Refused(
          "Job %d changed nothing%s, so there is nothing to undo. To go back further:"
              .formatted(
                  job.number(),
                  touched.isEmpty() ? "" : ": its nodes already ran " + subject.version()),
          List.of(goBack));
    }
    Optional<Job> later = later(job, subject);
    if (later.isPresent()) {
      return overtaken(job, later.get(), goBack, before);
    }
    Set<String> versions = before.stream().map(Difference::from).collect(Collectors.toSet());
    if (versions.size() != 1 || versions.contains("")) {
      return new Outcome.Refused(
          "Before job %d the nodes ran different versions. Choose one: `%s %s %s version=…`."
              .formatted(
                  job.number(),
                  undo.get().command(),
                  subject.environment(),
                  subject.application()));
    }
    Subject earlier =
        new Subject(subject.environment(), subject.application(), versions.iterator().next());
    return undo.get()
        .plan(earlier, touched)
        .<Outcome>map(work ->
            new Outcome.Work(
                undoing(job, undo.get(), work, earlier, touched),
                job,
                job.right().to(undo.get().command()),
                Optional.of(job).filter(paused -> !paused.state().status().isFinal()),
                Optional.empty()))
        .orElseGet(() ->
            new Outcome.Refused(
                "Job %d cannot be undone: '%s' does not bring back what ran before."
                    .formatted(job.number(), undo.get().command())));
  }

  /** The newest job that has changed, or is changing, the same application since. */
  private Optional<Job> later(Job job, Subject subject) {
    return jobs.about(subject.environment(), subject.application(), MOST_LATER).stream()
        .filter(other -> other.number() > job.number())
        .filter(other -> !other.work().subject().map(Subject::version).orElse("").isEmpty())
        .filter(other -> other.state().step() > 0)
        .findFirst();
  }

  /** What is undone may not be what the person thinks of, so it is asked. */
  private Outcome overtaken(Job job, Job later, String goBack, List<Difference> before) {
    List<String> options = new ArrayList<>();
    if (plugins.undoOf(later).isPresent()) {
      options.add("undo " + later.number());
    }
    before.stream()
        .map(Difference::from)
        .filter(version -> !version.isEmpty())
        .distinct()
        .forEach(version -> options.add(goBack + " version=" + version));
    return new Outcome.Refused(
        "Job %d is overtaken: job %d, %s, came after it. What do you want to undo?"
            .formatted(job.number(), later.number(), later.work().title()),
        options);
  }

  private static Planned.Work undoing(
      Job job, Undo undo, Planned.Work work, Subject before, List<String> nodes) {
    return work.titled(
            "%s %s %s version=%s (undoes job %d)"
                .formatted(
                    undo.command(),
                    before.environment(),
                    before.application(),
                    before.version(),
                    job.number()))
        .on(before)
        .changing(
            List.of(
                new Difference(
                    nodes,
                    job.work().subject().map(Subject::version).orElse(""),
                    before.version())));
  }
}
