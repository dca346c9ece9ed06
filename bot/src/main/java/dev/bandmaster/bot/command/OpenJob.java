package dev.bandmaster.bot.command;

import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.job.JobState;
import dev.bandmaster.bot.store.Ids;
import dev.bandmaster.bot.store.Jobs;
import dev.bandmaster.config.JobsConfig;
import java.time.Instant;
import java.time.InstantSource;
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
    String name = command.command().declaration().name();
    Job job =
        new Job(
            Ids.next(now),
            jobs.nextNumber(),
            name,
            command.invocation().canonical(),
            command.person().sender(),
            command.person().name(),
            command.person().groups().stream().sorted().toList(),
            command.asked().place(),
            command.asked().question(),
            prepared.work(),
            now,
            now.plus(settings.deadlineOf(name)),
            JobState.queued(prepared.work().reach().nodes()));
    return Step.on(new Ending.Opened(job));
  }
}
