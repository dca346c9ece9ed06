package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalEvent;
import dev.bandmaster.core.approval.ApprovalMachine;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobMachine;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.engine.jobs.ApprovalNotifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes the plan a job. The job exists once the ending is committed, and is dispatched then; or it
 * waits for approval, and the request for it exists from the same commit on.
 */
public final class OpenJob implements Function<PlannedCommand, Step<CommandResult>> {

  private final Jobs jobs;
  private final Supplier<JobSettings> settings;
  private final ApprovalNotifier notifier;
  private final EmergencyNotice emergencies;
  private final InstantSource clock;

  public OpenJob(
      Jobs jobs,
      Supplier<JobSettings> settings,
      ApprovalNotifier notifier,
      EmergencyNotice emergencies,
      InstantSource clock) {
    this.jobs = jobs;
    this.settings = settings;
    this.notifier = notifier;
    this.emergencies = emergencies;
    this.clock = clock;
  }

  @Override
  public Step<CommandResult> apply(PlannedCommand prepared) {
    CommandRequest asked = prepared.authorised().command().asked();
    if (asked.manner() == CommandRequest.Manner.RENEWED && prepared.asking().isEmpty()) {
      return Step.end(
          CommandResult.Refused.mistake(
              "Approval is no longer required, so the request was dropped. Run `%s` to start it."
                  .formatted(asked.text())));
    }
    Instant now = clock.instant();
    Job planned = planned(prepared, now);
    Job job =
        planned.with(JobMachine.apply(planned.state(), planned.rules(), List.of(), now).state());
    List<Change> changes = new ArrayList<>();
    String why = asked.instead().orElseGet(() -> job.askerName() + " made the same request again.");
    prepared
        .asking()
        .ifPresentOrElse(
            asking -> changes.addAll(ask(job, prepared.ends(), asking, why, now)),
            () -> prepared.ends().ifPresent(paused -> changes.add(end(paused, job, now))));
    if (command(prepared) instanceof VersionedPlugin plugin) {
      changes.add(new Change.PluginPlanned(job.id(), plugin.version()));
    }
    job.emergency().ifPresent(reason -> changes.addAll(emergencies.of(job, reason)));
    if (!prepared.warnings().isEmpty()) {
      changes.add(beside(job, prepared.warnings()));
    }
    return Step.on(new CommandResult.Opened(job, changes));
  }

  /** In the thread in which the job's message is, or which that begins. */
  private static Change beside(Job job, Warnings warnings) {
    Outbound.ChannelMessage message =
        new Outbound.ChannelMessage(job.place(), warnings.message(), false);
    return new Change.PostMessage(
        "note:" + job.id(),
        job.place().thread().isPresent()
            ? message
            : new Outbound.ThreadReply(job.messageId(), message),
        Change.Urgency.SOON);
  }

  private Job planned(PlannedCommand prepared, Instant now) {
    ParsedCommand command = prepared.authorised().command();
    String id = Ids.next(now);
    return new Job(
        id,
        jobs.nextNumber(),
        prepared.presenter(),
        prepared.right(),
        command.invocation().canonical(),
        command.person().sender(),
        command.person().name(),
        command.person().groups().stream().sorted().toList(),
        command.asked().place(),
        command.asked().question(),
        prepared.work(),
        prepared.backend(),
        prepared.authorised().emergency(),
        now,
        settings.get().deadlineOf(prepared.presenter()),
        JobMachine.planned(id, prepared.work(), () -> Ids.next(now), prepared.asking().isEmpty()));
  }

  /** The plugin that planned it, or the built-in command. */
  private static Object command(PlannedCommand prepared) {
    Command command = prepared.authorised().command().command();
    return command instanceof Command.Planned(var plugin) ? plugin : command;
  }

  /** It would wait for ever, and what takes its place would wait behind it. */
  private static Change end(Job paused, Job successor, Instant now) {
    return new Change.SendJobOrder(
        Ids.next(now), paused.id(), new JobEvent.Cancel(successor.askerName(), Ids.next(now)));
  }

  /**
   * @param why it takes the place of earlier requests, if there are any
   */
  private List<Change> ask(
      Job job, Optional<Job> ends, ApprovalRequestDraft asking, String why, Instant now) {
    List<Change> changes = new ArrayList<>();
    Optional<String> supersedes = Optional.empty();
    for (Approval earlier : asking.earlier()) {
      supersedes = Optional.of(earlier.id());
      changes.addAll(
          notifier.of(
              earlier,
              ApprovalMachine.apply(
                  earlier,
                  new ApprovalEvent.Superseded(
                      "%s Job %d replaces it.".formatted(why, job.number()),
                      Optional.of(asking.id())),
                  now),
              now));
    }
    Approval approval =
        Approval.of(asking.id(), job, asking.snapshot(), asking.patience(), supersedes)
            .ending(ends.map(Job::id));
    changes.addFirst(new Change.CreateApproval(approval));
    changes.addAll(notifier.requested(approval));
    return changes;
  }
}
