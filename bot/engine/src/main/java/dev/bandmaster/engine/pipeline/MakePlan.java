package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.engine.fleet.FleetPlanningContext;
import dev.bandmaster.engine.fleet.OnePlan;
import dev.bandmaster.engine.view.DataText;
import dev.bandmaster.engine.view.DifferenceText;
import dev.bandmaster.engine.view.LeftOutText;
import dev.bandmaster.engine.view.ReachText;
import dev.bandmaster.model.NodeSet;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Effect;
import dev.bandmaster.plugin.Risk;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What exactly is to be done, on which nodes? Asks the plugin; nothing happens yet. */
public final class MakePlan implements Function<Authorised, Step<PlannedCommand>> {

  /** Steps that a dry run lists. */
  private static final int MOST_STEPS = 20;

  private final FleetPlanningContext planning;

  public MakePlan(FleetPlanningContext planning) {
    this.planning = planning;
  }

  @Override
  public Step<PlannedCommand> apply(Authorised authorised) {
    ParsedCommand understood = authorised.command();
    Asker asker = new Asker(understood.person(), understood.asked().place());
    if (!authorised.needs().isEmpty() && !mayBecomeAJob(understood.command())) {
      return Step.end(CommandResult.Refused.cannotWait(understood.command().declaration().name()));
    }
    return switch (understood.command()) {
      case Command.BuiltIn(var _, var answer) ->
          Step.end(CommandResult.Answered.with(answer.to(asker, understood.arguments())));
      case Command.ActionCommand(var _, var doing) ->
          outcome(authorised, doing.of(asker, understood.arguments()));
      case Command.JobCommand command -> aboutJob(authorised, asker, command);
      case Command.Planned(CommandPlugin plugin) ->
          prepare(authorised, understood.invocation(), plugin);
    };
  }

  /** Only work for nodes can wait for people: all else is done at once. */
  private static boolean mayBecomeAJob(Command command) {
    return switch (command) {
      case Command.Planned _, Command.JobCommand _ -> true;
      case Command.BuiltIn _, Command.ActionCommand _ -> false;
    };
  }

  private Step<PlannedCommand> aboutJob(
      Authorised authorised, Asker asker, Command.JobCommand command) {
    Arguments arguments = authorised.command().arguments();
    return command
        .job(arguments)
        .map(job -> command.doing().of(asker, arguments, job))
        .or(() -> command.other(arguments).map(other -> other.of(asker, arguments)))
        .map(outcome -> outcome(authorised, outcome))
        .orElseGet(() -> Step.end(CommandResult.Refused.mistake("That job is no longer kept.")));
  }

  private Step<PlannedCommand> outcome(Authorised authorised, Command.Outcome outcome) {
    return switch (outcome) {
      case Command.Outcome.Done _ when !authorised.needs().isEmpty() ->
          Step.end(
              CommandResult.Refused.cannotWait(
                  authorised.command().command().declaration().name()));
      case Command.Outcome.Done(Message message, List<Change> changes) ->
          Step.end(new CommandResult.Answered(message, changes));
      case Command.Outcome.Refused(String reason, List<String> options) ->
          Step.end(CommandResult.Refused.usage(reason, options, Optional.empty()));
      case Command.Outcome.Outdated(Resubmission renewal, var without) ->
          Step.end(
              new CommandResult.Answered(
                  without.message(), without.changes(), Optional.of(renewal)));
      case Command.Outcome.Work made -> {
        // What the rules say depends on what is known of its nodes.
        if (!(made.work().reach() instanceof Planned.Reach.ChosenByBackend)) {
          planning.await(made.work().reach().nodes());
        }
        yield Step.on(PlannedCommand.of(authorised, made));
      }
    };
  }

  private Step<PlannedCommand> prepare(
      Authorised authorised, Invocation invocation, CommandPlugin plugin) {
    OnePlan context = planning.onePlan();
    Planned plan = plugin.plan(invocation, context);
    Optional<String> leftOut = LeftOutText.of(context.leftOut());
    return switch (plan) {
      case Planned.Refused(String reason) ->
          Step.end(
              CommandResult.Refused.mistake(leftOut.map(who -> reason + " " + who).orElse(reason)));
      case Planned.Answer _ when !authorised.needs().isEmpty() && !isDryRun(invocation) ->
          Step.end(CommandResult.Refused.cannotWait(plugin.declaration().name()));
      case Planned.Answer(Message message) ->
          Step.end(
              CommandResult.Answered.with(leftOut.map(who -> with(message, who)).orElse(message)));
      // What only says what would change is run, and changes nothing the bot keeps book of.
      case Planned.Work work when isDryRun(invocation) && isCheck(work) ->
          Step.on(
              PlannedCommand.of(
                  authorised,
                  work,
                  plugin.declaration().name(),
                  authorised.command().command().right(invocation.arguments())));
      case Planned.Work work when !declares(plugin.declaration().traits(), work) ->
          throw new IllegalStateException(
              "the plan of %s does not fit what the command declares: %s"
                  .formatted(plugin.declaration().name(), plugin.declaration().traits()));
      case Planned.Work work when isDryRun(invocation) -> {
        Message message = describe(work);
        yield Step.end(
            CommandResult.Answered.with(leftOut.map(who -> with(message, who)).orElse(message)));
      }
      case Planned.Work work ->
          Step.on(
              PlannedCommand.of(
                  authorised,
                  work.leavingOut(context.leftOut()),
                  plugin.declaration().name(),
                  authorised.command().command().right(invocation.arguments())));
    };
  }

  /**
   * Whether work is what its command declares to do. Freezes, locks and the list of what was
   * deployed rely on it.
   */
  private static boolean declares(CommandTraits traits, Planned.Work work) {
    boolean risk = traits.risk() != Risk.READ_ONLY || work.effect() == Effect.READ_ONLY;
    boolean change =
        switch (traits.change()) {
          case NONE -> work.subject().isEmpty();
          case INSTALL -> work.subject().isPresent();
          case REMOVE, RESTART ->
              work.subject().filter(subject -> subject.version().isEmpty()).isPresent();
        };
    return risk && change;
  }

  private static Message with(Message message, String footnote) {
    List<Block> blocks = new ArrayList<>(message.blocks());
    blocks.add(new Message.Footnote(Text.plain(footnote)));
    return new Message(blocks);
  }

  private static boolean isCheck(Planned.Work work) {
    return work.effect() == Effect.READ_ONLY
        && work.subject().isEmpty()
        && work.reach() instanceof Planned.Reach.ChosenByBackend;
  }

  private static boolean isDryRun(Invocation invocation) {
    return invocation.arguments().has("dry-run");
  }

  /** The plan in words, for {@code --dry-run}. */
  private static Message describe(Planned.Work work) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Message.Paragraph(Text.EMPTY.bold("Dry run, nothing was done: ").code(work.title())));
    List<String> lines = new ArrayList<>(DifferenceText.of(work.differences()));
    List<List<String>> steps = work.rollout().steps(work.reach().nodes());
    for (int i = 0; i < steps.size() && steps.size() > 1 && i < MOST_STEPS; i++) {
      lines.add("batch %d of %d: %s".formatted(i + 1, steps.size(), NodeSet.fold(steps.get(i))));
    }
    if (!lines.isEmpty()) {
      blocks.add(new Message.Preformatted(String.join("\n", lines)));
    }
    blocks.add(
        new Message.Paragraph(
            Text.EMPTY
                .code(NodeSet.fold(work.reach().nodes()))
                .and(" (" + ReachText.bare(work.reach()) + ") would run ")
                .code(work.capability() + "." + work.action())
                .and(" with")));
    blocks.add(new Message.Preformatted(DataText.of(work.arguments())));
    return new Message(blocks);
  }
}
