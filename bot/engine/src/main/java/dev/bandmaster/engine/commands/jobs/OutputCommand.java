package dev.bandmaster.engine.commands.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.engine.jobs.JobNotifier;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code output}: all that the nodes of a job printed. Who may see the job may see that. */
final class OutputCommand implements Command.JobActionHandler {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "output",
          List.of(),
          "shows what the nodes of a job printed",
          List.of(
              JobCommands.number(),
              Parameter.positional("node", new Parameter.Type.Word(), "only this node").optional()),
          List.of("output 81", "output 81 web1"));

  private final JobCommand shown;
  private final JobNotifier report;

  /**
   * @param shown shows one node's output
   */
  OutputCommand(JobCommand shown, JobNotifier report) {
    this.shown = shown;
    this.report = report;
  }

  @Override
  public boolean applies(Job job) {
    return true;
  }

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
    Set<String> nodes = job.state().nodes().keySet();
    Optional<String> node =
        arguments
            .find("node")
            .or(() -> nodes.size() == 1 ? nodes.stream().findFirst() : Optional.empty());
    return node.map(name -> shown.output(asker, job, name))
        .orElseGet(() ->
            new Outcome.Done(
                Message.sentence(
                    "The output of all %d nodes of job %d follows as a file. For one node: `output %d %s`."
                        .formatted(
                            nodes.size(),
                            job.number(),
                            job.number(),
                            nodes.stream().sorted().findFirst().orElse(""))),
                List.of(report.output(asker.place(), job))));
  }
}
