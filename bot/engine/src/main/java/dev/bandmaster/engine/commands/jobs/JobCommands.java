package dev.bandmaster.engine.commands.jobs;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.engine.jobs.JobNotifier;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandPlugins;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The list of the commands about jobs. */
public final class JobCommands {
  private JobCommands() {}

  /**
   * The commands.
   *
   * @param requests what becomes of the request for approval of a job that is cancelled
   * @param runs what cancels a run of a runbook, given what cancels a job
   */
  public static List<Command> all(
      Store store,
      CommandPlugins plugins,
      JobNotifier report,
      BiFunction<Asker, Job, List<Change>> requests,
      Function<Command.JobActionHandler, Command.ActionHandler> runs,
      Presence presence,
      Catalogue catalogue,
      InstantSource clock,
      ZoneId zone) {
    OrderCommands orders = new OrderCommands(requests, clock);
    JobCommand shown = new JobCommand(store.jobs(), report);
    return List.of(
        new Command.BuiltIn(JobsCommand.DECLARATION, new JobsCommand(store.jobs(), clock)),
        about(store, JobCommand.DECLARATION, shown),
        about(store, OutputCommand.DECLARATION, new OutputCommand(shown, report)),
        about(
            store,
            declaration("pause", List.of(), "pauses a job after its current batch"),
            orders::pause),
        about(store, declaration("resume", List.of(), "resumes a paused job"), orders::resume),
        new Command.JobCommand(
            declaration(
                "cancel", List.of("abort", "stop"), "cancels a job or a run, also on its nodes"),
            store.jobs()::byNumber,
            orders::cancel,
            Optional.of(runs.apply(orders::cancel))),
        about(store, NotifyCommand.DECLARATION, new NotifyCommand()),
        about(store, RetryCommand.DECLARATION, new RetryCommand(clock)),
        about(store, UndoCommand.DECLARATION, new UndoCommand(plugins, store.jobs())),
        new Command.BuiltIn(HistoryCommand.DECLARATION, new HistoryCommand(store.audit(), zone)),
        new Command.BuiltIn(
            WhereCommand.DECLARATION,
            new WhereCommand(
                presence,
                catalogue,
                (environment, application) ->
                    store.jobs().deployed(environment, application, 1).stream().findFirst())));
  }

  private static Command about(
      Store store, CommandDeclaration declaration, Command.JobActionHandler doing) {
    return new Command.JobCommand(declaration, store.jobs()::byNumber, doing);
  }

  private static CommandDeclaration declaration(String name, List<String> aliases, String summary) {
    return new CommandDeclaration(name, aliases, summary, List.of(number()), List.of(name + " 81"));
  }

  static Parameter number() {
    return Parameter.positional("job", new Parameter.Type.Job(), "the job's number");
  }
}
