package dev.bandmaster.engine.commands.runbooks;

import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.runbook.RunbookMachine;
import dev.bandmaster.core.runbook.RunbookRun;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.pipeline.CommandReader;
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
import dev.bandmaster.plugin.Runbook.Step;
import dev.bandmaster.plugin.Runbook.Work;
import dev.bandmaster.plugin.Spans;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Topic;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code run}: begins a runbook. Its commands are checked before the first of them runs, as far as
 * they are known by then.
 */
final class RunCommand implements Command.ActionHandler {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "run",
          List.of(),
          "runs a runbook: several commands, one after the other",
          List.of(
              Parameter.positional("runbook", new Parameter.Type.Word(), "the runbook's name"),
              Parameter.rest(
                  "arguments",
                  new Parameter.Type.Text(),
                  "its arguments as name=value; --from STEP begins later, --dry-run shows the"
                      + " commands")),
          List.of("run nightly env=staging", "run nightly env=staging --from 3"),
          CommandTraits.STANDARD.about(Topic.JOBS));

  /** Runs at the same time; a mistake in a script must not fill the store. */
  private static final int MOST = 100;

  private final RunbookLibrary library;
  private final Store store;
  private final CommandReader reader;
  private final InstantSource clock;

  RunCommand(RunbookLibrary library, Store store, CommandReader reader, InstantSource clock) {
    this.library = library;
    this.store = store;
    this.reader = reader;
    this.clock = clock;
  }

  /** Where its arguments say; its commands need their own rights on top. */
  @Override
  public Right right(String permission, Arguments arguments) {
    Map<String, String> values =
        library
            .find(arguments.find("runbook").orElse(""))
            .map(runbook -> RunArguments.read(runbook, arguments.find("arguments").orElse("")))
            .filter(RunArguments.Read.class::isInstance)
            .map(RunArguments.Read.class::cast)
            .map(RunArguments.Read::values)
            .orElse(Map.of());
    return new Right(permission, environment(values), application(values));
  }

  /** The environment that values name. */
  static String environment(Map<String, String> values) {
    return values.getOrDefault("env", values.getOrDefault("environment", ""));
  }

  /** The application that values name. */
  static String application(Map<String, String> values) {
    return values.getOrDefault("app", values.getOrDefault("application", ""));
  }

  @Override
  public Outcome of(Asker asker, Arguments arguments) {
    String name = arguments.word("runbook");
    Optional<Runbook> found = library.find(name);
    if (found.isEmpty()) {
      List<String> names = library.all().runbooks().stream().map(Runbook::name).toList();
      return new Outcome.Refused(
          "There is no runbook '%s'%s. To list them: `runbooks`."
              .formatted(name, Nearest.hint(name, names)));
    }
    Runbook runbook = found.get();
    return switch (RunArguments.read(runbook, arguments.find("arguments").orElse(""))) {
      case RunArguments.Mistaken(String reason) -> new Outcome.Refused(reason);
      case RunArguments.Read(Map<String, String> values, int first, boolean dry) ->
          mistake(asker, runbook, values, first)
              .<Outcome>map(Outcome.Refused::new)
              .orElseGet(() ->
                  dry
                      ? new Outcome.Done(shown(runbook, values, first), List.of())
                      : begun(asker, runbook, values, first));
    };
  }

  /** What is wrong with the commands that are known by now. */
  private Optional<String> mistake(
      Asker asker, Runbook runbook, Map<String, String> values, int first) {
    for (int i = first; i < runbook.steps().size(); i++) {
      Step step = runbook.steps().get(i);
      if (step.work() instanceof Work.Command(String text)
          && RunbookMachine.missing(text, values).isEmpty()) {
        String command = RunbookMachine.filled(text, values);
        Optional<String> mistake =
            switch (reader.check(asker, command)) {
              case CommandReader.Mistaken(String reason) -> Optional.of(reason);
              case CommandReader.Good(String canonical, var _, var _, boolean free) when free ->
                  Optional.of("It has to be written exactly: `%s`.".formatted(canonical));
              case CommandReader.Good _ -> Optional.empty();
            };
        if (mistake.isPresent()) {
          return Optional.of(
              "Nothing was started. Step %d (%s) is `%s`. %s"
                  .formatted(i + 1, step.name(), command, mistake.get()));
        }
      }
    }
    return Optional.empty();
  }

  private Outcome begun(Asker asker, Runbook runbook, Map<String, String> values, int first) {
    if (store.runbooks().active().size() >= MOST) {
      return new Outcome.Refused(
          "There are already %d runbooks running. To list them: `runbooks`.".formatted(MOST));
    }
    RunbookRun run =
        RunbookRun.of(
            store.jobs().nextNumber(),
            runbook,
            asker.person().sender(),
            asker.person().name(),
            asker.place(),
            values,
            first,
            clock.instant());
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.CreateRunbookRun(run));
    changes.addAll(RunbookNotifier.changes(Optional.empty(), run));
    return new Outcome.Done(
        Message.sentence("Run %d of runbook %s.".formatted(run.number(), runbook.name())), changes);
  }

  private static Message shown(Runbook runbook, Map<String, String> values, int first) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Message.Paragraph(
            Text.EMPTY.bold("Dry run, nothing was done: ").code("run " + runbook.name())));
    blocks.add(new Message.Paragraph(steps(runbook, values, first)));
    return new Message(blocks);
  }

  /** The steps of a runbook in words. */
  static Text steps(Runbook runbook, Map<String, String> values, int first) {
    Text lines = Text.EMPTY;
    for (int i = first; i < runbook.steps().size(); i++) {
      Step step = runbook.steps().get(i);
      String text = RunbookMachine.filled(step.work().text(), values);
      Text line = Text.plain("%d. %s: ".formatted(i + 1, step.name()));
      line =
          switch (step.work()) {
            case Work.Command _ -> line.code(text);
            case Work.Question question ->
                line.and("asks “%s” (%s)".formatted(text, String.join(", ", question.choices())));
            case Work.Approval approval ->
                line.and(
                    "needs approval of %s: “%s”"
                        .formatted(
                            approval.needed() == 1 ? "one person" : approval.needed() + " people",
                            text));
            case Work.Pause(var time) -> line.and("waits for " + Spans.words(time));
          };
      line =
          switch (step.onFailure()) {
            case STOP -> line;
            case CONTINUE -> line.and(", goes on if it fails");
            case ASK -> line.and(", asks if it fails");
          };
      lines = (i == first ? lines : lines.newLine()).and(line);
    }
    return lines;
  }
}
