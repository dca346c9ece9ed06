package dev.bandmaster.engine.commands.runbooks;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.runbook.RunbookMachine;
import dev.bandmaster.core.runbook.RunbookRun;
import dev.bandmaster.core.runbook.RunbookStatus;
import dev.bandmaster.core.runbook.StepRun;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.pipeline.CommandReader;
import dev.bandmaster.engine.pipeline.Numbers;
import dev.bandmaster.engine.runbooks.RunbookLibrary;
import dev.bandmaster.engine.runbooks.RunbookNotifier;
import dev.bandmaster.model.Nearest;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Runbook;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commands about runbooks, and how a run is cancelled. */
public final class RunbookCommands {

  private static final CommandTraits TRAITS = CommandTraits.STANDARD.about(Topic.JOBS);

  private static final CommandDeclaration RUNBOOKS =
      new CommandDeclaration(
          "runbooks",
          List.of(),
          "lists runbooks and their runs, or the steps of one",
          List.of(
              Parameter.positional("runbook", new Parameter.Type.Word(), "the runbook's name")
                  .optional()),
          List.of("runbooks", "runbooks nightly"),
          TRAITS);

  private static final CommandDeclaration ANSWER =
      new CommandDeclaration(
          "answer",
          List.of(),
          "answers the question of a runbook, as its buttons do",
          List.of(
              Parameter.positional("run", new Parameter.Type.Job(), "the run's number"),
              Parameter.positional("step", new Parameter.Type.Job(), "the step's number"),
              Parameter.positional("answer", new Parameter.Type.Word(), "one of the choices")),
          List.of("answer 82 3 yes", "answer 82 4 approve"),
          TRAITS);

  /** Past runs in the list. */
  private static final int MOST_RUNS = 10;

  private RunbookCommands() {}

  /** The commands. */
  public static List<Command> all(
      RunbookLibrary library, Store store, CommandReader reader, InstantSource clock) {
    return List.of(
        new Command.ActionCommand(
            RunCommand.DECLARATION, new RunCommand(library, store, reader, clock)),
        new Command.BuiltIn(RUNBOOKS, (asker, arguments) -> list(library, store, arguments)),
        new Command.ActionCommand(ANSWER, new Answering(store, clock)));
  }

  /** What {@code cancel} does with the number of a run. */
  public static Command.ActionHandler cancelling(
      Store store, Command.JobActionHandler jobs, InstantSource clock) {
    return new Cancelling(store, jobs, clock);
  }

  private static Message list(RunbookLibrary library, Store store, Arguments arguments) {
    Optional<String> wanted = arguments.find("runbook");
    if (wanted.isPresent()) {
      return library
          .find(wanted.get())
          .map(RunbookCommands::one)
          .orElseGet(() ->
              Message.sentence(
                  "There is no runbook '%s'%s. To list them: `runbooks`."
                      .formatted(
                          wanted.get(),
                          Nearest.hint(
                              wanted.get(),
                              library.all().runbooks().stream().map(Runbook::name).toList()))));
    }
    RunbookLibrary.Shelf shelf = library.all();
    List<Block> blocks = new ArrayList<>();
    if (shelf.runbooks().isEmpty()) {
      blocks.add(
          new Message.Paragraph(
              Text.sentence("There are no runbooks. They are defined in the configuration.")));
    }
    Text lines = Text.EMPTY;
    for (Runbook runbook : shelf.runbooks()) {
      lines =
          (lines.spans().isEmpty() ? lines : lines.newLine())
              .code(RunArguments.usage(runbook))
              .and("  " + runbook.summary());
    }
    if (!lines.spans().isEmpty()) {
      blocks.add(new Message.Paragraph(lines));
    }
    shelf
        .problems()
        .forEach(problem -> blocks.add(new Message.Footnote(Text.plain("⚠️ " + problem))));
    runs(store).ifPresent(blocks::add);
    return new Message(blocks);
  }

  private static Optional<Block> runs(Store store) {
    Text lines = Text.EMPTY;
    for (RunbookRun run : store.runbooks().recent(MOST_RUNS)) {
      lines =
          (lines.spans().isEmpty() ? lines : lines.newLine())
              .bold("run " + run.number())
              .and("  ")
              .code(run.runbook())
              .and("  for %s, %s, begun ".formatted(run.askerName(), words(run)))
              .moment(run.began());
    }
    return lines.spans().isEmpty() ? Optional.empty() : Optional.of(new Message.Paragraph(lines));
  }

  private static String words(RunbookRun run) {
    return switch (run.status()) {
      case RUNNING -> "step %d of %d".formatted(run.current().orElse(0) + 1, run.steps().size());
      case SUCCEEDED -> "done";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled";
    };
  }

  private static Message one(Runbook runbook) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Message.Paragraph(
            Text.EMPTY.code(RunArguments.usage(runbook)).and("  " + runbook.summary())));
    Text arguments = Text.EMPTY;
    for (Runbook.Argument argument : runbook.arguments()) {
      arguments =
          (arguments.spans().isEmpty() ? arguments : arguments.newLine())
              .code(argument.name())
              .and("  " + argument.help())
              .and(
                  argument.choices().isEmpty() ? "" : ": " + String.join(", ", argument.choices()));
    }
    if (!arguments.spans().isEmpty()) {
      blocks.add(new Message.Paragraph(arguments));
    }
    blocks.add(new Message.Paragraph(RunCommand.steps(runbook, Map.of(), 0)));
    return new Message(blocks);
  }

  private static Optional<RunbookRun> named(Store store, Arguments arguments, String parameter) {
    return Numbers.named(arguments, parameter).flatMap(store.runbooks()::find);
  }

  private static Right right(String permission, Optional<RunbookRun> run) {
    Map<String, String> values = run.map(RunbookRun::values).orElse(Map.of());
    return new Right(permission, RunCommand.environment(values), RunCommand.application(values));
  }

  private static List<Change> going(RunbookRun before, RunbookRun after) {
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.UpdateRunbookRun(after));
    changes.addAll(RunbookNotifier.changes(Optional.of(before), after));
    return changes;
  }

  /** {@code answer}. */
  private record Answering(Store store, InstantSource clock) implements Command.ActionHandler {
    @Override
    public Right right(String permission, Arguments arguments) {
      return RunbookCommands.right(permission, named(store, arguments, "run"));
    }

    @Override
    public Optional<String> missing(Arguments arguments) {
      return named(store, arguments, "run").isPresent()
          ? Optional.empty()
          : Optional.of(
              "There is no run %s. To list them: `runbooks`.".formatted(arguments.word("run")));
    }

    @Override
    public Outcome of(Asker asker, Arguments arguments) {
      Optional<RunbookRun> run = named(store, arguments, "run");
      if (run.isEmpty()) {
        return new Outcome.Refused("That run is no longer kept.");
      }
      int step =
          Numbers.named(arguments, "step")
                  .filter(number -> number <= Runbook.MOST_STEPS)
                  .map(Math::toIntExact)
                  .orElse(0)
              - 1;
      StepRun.Answer answer =
          new StepRun.Answer(
              asker.person().sender(), asker.person().name(), arguments.word("answer"));
      return switch (RunbookMachine.answer(
          run.get(), step, answer, asker.person().groups(), clock.instant())) {
        case RunbookMachine.Answered.Refused(String reason) -> new Outcome.Refused(reason);
        case RunbookMachine.Answered.Taken(RunbookRun after) ->
            new Outcome.Done(
                Message.sentence(
                    "Run %d, step %d: your answer is %s."
                        .formatted(after.number(), step + 1, answer.word())),
                going(run.get(), after));
      };
    }
  }

  /** {@code cancel} with the number of a run. */
  private record Cancelling(Store store, Command.JobActionHandler jobs, InstantSource clock)
      implements Command.ActionHandler {

    /** Where the run's job is at work, since that ends too. */
    @Override
    public Right right(String permission, Arguments arguments) {
      Optional<RunbookRun> run = named(store, arguments, "job");
      return run.flatMap(this::job)
          .map(job -> jobs.right(permission, job))
          .orElseGet(() -> RunbookCommands.right(permission, run));
    }

    @Override
    public Optional<String> missing(Arguments arguments) {
      return named(store, arguments, "job").isPresent()
          ? Optional.empty()
          : Optional.of("no such run");
    }

    private Optional<Job> job(RunbookRun run) {
      return run.currentJob()
          .flatMap(store.jobs()::byNumber)
          .filter(job -> !job.state().status().isFinal());
    }

    @Override
    public Outcome of(Asker asker, Arguments arguments) {
      Optional<RunbookRun> found = named(store, arguments, "job");
      if (found.isEmpty()) {
        return new Outcome.Refused("That run is no longer kept.");
      }
      RunbookRun run = found.get();
      if (run.status() != RunbookStatus.RUNNING) {
        return new Outcome.Refused("Run %d has ended.".formatted(run.number()));
      }
      Instant now = clock.instant();
      List<Change> changes =
          new ArrayList<>(going(run, RunbookMachine.cancelled(run, asker.person().name(), now)));
      Optional<Job> job = job(run);
      if (job.isPresent() && jobs.of(asker, arguments, job.get()) instanceof Outcome.Done done) {
        changes.addAll(done.changes());
      }
      return new Outcome.Done(
          Message.sentence(
              "Run %d is cancelled%s."
                  .formatted(
                      run.number(), job.map(at -> ", and so is job " + at.number()).orElse(""))),
          changes);
    }
  }
}
