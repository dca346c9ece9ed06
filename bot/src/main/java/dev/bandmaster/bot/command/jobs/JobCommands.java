package dev.bandmaster.bot.command.jobs;

import dev.bandmaster.bot.command.Asker;
import dev.bandmaster.bot.command.Command;
import dev.bandmaster.bot.fleet.Presence;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Store;
import dev.bandmaster.bot.work.JobReport;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BiFunction;

/** The list of the commands about jobs. */
public final class JobCommands {
  private JobCommands() {}

  /**
   * The commands.
   *
   * @param requests what becomes of the request for approval of a job that is cancelled
   */
  public static List<Command> all(
      Store store,
      JobReport report,
      BiFunction<Asker, Job, List<Change>> requests,
      Presence presence,
      InstantSource clock,
      ZoneId zone) {
    Orders orders = new Orders(requests, clock);
    return List.of(
        new Command.BuiltIn(JobList.DECLARATION, new JobList(store.jobs(), clock)),
        about(store, JobView.DECLARATION, new JobView(store.jobs(), report)),
        about(
            store,
            declaration("pause", List.of(), "starts no further batch of a job"),
            orders::pause),
        about(store, declaration("resume", List.of(), "goes on with a paused job"), orders::resume),
        about(
            store,
            declaration("cancel", List.of("abort"), "stops a job, also on the nodes"),
            orders::cancel),
        about(store, Retry.DECLARATION, new Retry(clock)),
        about(store, Undo.DECLARATION, new Undo()),
        new Command.BuiltIn(History.DECLARATION, new History(store.audit(), zone)),
        new Command.BuiltIn(Where.DECLARATION, new Where(presence)));
  }

  private static Command about(
      Store store, CommandDeclaration declaration, Command.JobDoing doing) {
    return new Command.AboutJob(declaration, store.jobs()::byNumber, doing);
  }

  private static CommandDeclaration declaration(String name, List<String> aliases, String summary) {
    return new CommandDeclaration(name, aliases, summary, List.of(number()), List.of(name + " 81"));
  }

  static Parameter number() {
    return Parameter.positional("job", new Parameter.Type.Job(), "the job's number");
  }
}
