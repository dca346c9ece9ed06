package dev.bandmaster.bot.command;

import dev.bandmaster.bot.approval.Approval;
import dev.bandmaster.bot.approval.ApprovalEvent;
import dev.bandmaster.bot.approval.ApprovalMachine;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.job.JobEvent;
import dev.bandmaster.bot.job.JobMachine;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Ids;
import dev.bandmaster.bot.store.Jobs;
import dev.bandmaster.bot.work.ApprovalNews;
import dev.bandmaster.config.JobsConfig;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes the plan a job. The job exists once the ending is committed, and is dispatched then; or it
 * waits for approval, and the request for it exists from the same commit on.
 */
final class OpenJob implements Function<Prepared, Step<Ending>> {

  private final Jobs jobs;
  private final JobsConfig settings;
  private final ApprovalNews news;
  private final EmergencyNotice emergencies;
  private final InstantSource clock;

  OpenJob(
      Jobs jobs,
      JobsConfig settings,
      ApprovalNews news,
      EmergencyNotice emergencies,
      InstantSource clock) {
    this.jobs = jobs;
    this.settings = settings;
    this.news = news;
    this.emergencies = emergencies;
    this.clock = clock;
  }

  @Override
  public Step<Ending> apply(Prepared prepared) {
    Asked asked = prepared.authorised().command().asked();
    if (asked.manner() == Asked.Manner.RENEWED && prepared.asking().isEmpty()) {
      return Step.end(
          Ending.Refused.mistake(
              "As things are now nobody has to approve it, and what nobody has looked at does not begin by itself. '%s' begins it."
                  .formatted(asked.text())));
    }
    Instant now = clock.instant();
    Job planned = planned(prepared, now);
    Job job =
        planned.with(JobMachine.apply(planned.state(), planned.rules(), List.of(), now).state());
    List<Change> changes = new ArrayList<>();
    String why = asked.instead().orElseGet(() -> job.askerName() + " asked for the same again.");
    prepared
        .asking()
        .ifPresentOrElse(
            asking -> changes.addAll(ask(job, prepared.ends(), asking, why, now)),
            () -> prepared.ends().ifPresent(paused -> changes.add(end(paused, job, now))));
    job.emergency().ifPresent(reason -> changes.addAll(emergencies.of(job, reason)));
    return Step.on(new Ending.Opened(job, changes));
  }

  private Job planned(Prepared prepared, Instant now) {
    Understood command = prepared.authorised().command();
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
        prepared.authorised().emergency(),
        now,
        settings.deadlineOf(prepared.presenter()),
        JobMachine.planned(id, prepared.work(), () -> Ids.next(now), prepared.asking().isEmpty()));
  }

  /** It would wait for ever, and what takes its place would wait behind it. */
  private static Change end(Job paused, Job successor, Instant now) {
    return new Change.Tell(
        Ids.next(now), paused.id(), new JobEvent.Cancel(successor.askerName(), Ids.next(now)));
  }

  /**
   * @param why it takes the place of earlier requests, if there are any
   */
  private List<Change> ask(Job job, Optional<Job> ends, Asking asking, String why, Instant now) {
    List<Change> changes = new ArrayList<>();
    Optional<String> supersedes = Optional.empty();
    for (Approval earlier : asking.earlier()) {
      supersedes = Optional.of(earlier.id());
      changes.addAll(
          news.of(
              earlier,
              ApprovalMachine.apply(
                  earlier,
                  new ApprovalEvent.Superseded(
                      "%s Job %d waits in its place.".formatted(why, job.number()),
                      Optional.of(asking.id())),
                  now),
              now));
    }
    changes.addFirst(
        new Change.Ask(
            Approval.of(asking.id(), job, asking.snapshot(), asking.patience(), supersedes)
                .ending(ends.map(Job::id))));
    return changes;
  }
}
