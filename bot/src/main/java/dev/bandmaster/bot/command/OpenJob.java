package dev.bandmaster.bot.command;

import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.job.JobMachine;
import dev.bandmaster.bot.store.Ids;
import dev.bandmaster.bot.store.Jobs;
import dev.bandmaster.config.JobsConfig;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** Makes the plan a job. The job exists once the ending is committed, and is dispatched then. */
final class OpenJob implements Function<Prepared, Step<Ending>> {

  private final Jobs jobs;
  private final JobsConfig settings;
  private final InstantSource clock;

  OpenJob(Jobs jobs, JobsConfig settings, InstantSource clock) {
    this.jobs = jobs;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Step<Ending> apply(Prepared prepared) {
    Understood command = prepared.authorised().command();
    Instant now = clock.instant();
    String id = Ids.next(now);
    Job planned =
        new Job(
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
            now,
            settings.deadlineOf(prepared.presenter()),
            JobMachine.planned(id, prepared.work(), () -> Ids.next(now), true));
    return Step.on(
        new Ending.Opened(
            planned.with(
                JobMachine.apply(planned.state(), planned.rules(), List.of(), now).state()),
            prepared.changes()));
  }
}
