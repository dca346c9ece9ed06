package dev.bandmaster.engine.commands.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.view.JobText;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import java.util.List;
import java.util.Set;

/** {@code notify}: a direct message when a job ends. Who may see the job may know. */
final class NotifyCommand implements Command.JobActionHandler {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "notify",
          List.of(),
          "sends you a direct message when a job ends",
          List.of(
              JobCommands.number(),
              Parameter.positional(
                      "who", new Parameter.Type.Choice(List.of("me")), "always yourself")
                  .optional()),
          List.of("notify 81"));

  @Override
  public Set<String> permissions(String name) {
    return Set.of(JobCommand.DECLARATION.name());
  }

  @Override
  public Right right(String permission, Job job) {
    return job.right().to(JobCommand.DECLARATION.name());
  }

  @Override
  public Outcome of(Asker asker, Arguments arguments, Job job) {
    if (job.state().status().isFinal()) {
      return new Outcome.Refused(
          "Job %d has ended: %s.".formatted(job.number(), JobText.of(job.state().status())));
    }
    return asker.place().isApi()
        ? new Outcome.Refused("Only people in the chat get direct messages.")
        : Outcome.done(
            "You get a direct message when job %d ends.".formatted(job.number()),
            new Change.WatchJob(job.id(), asker.person().sender().user()));
  }
}
