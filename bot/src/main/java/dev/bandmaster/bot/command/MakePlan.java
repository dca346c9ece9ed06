package dev.bandmaster.bot.command;

import dev.bandmaster.bot.fleet.OnePlan;
import dev.bandmaster.bot.fleet.Planning;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.work.DifferenceWords;
import dev.bandmaster.bot.work.LeftOutText;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.wire.NodeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What exactly is to be done, on which nodes? Asks the plugin; nothing happens yet. */
final class MakePlan implements Function<Authorised, Step<Prepared>> {

  /** Steps that a dry run lists. */
  private static final int MOST_STEPS = 20;

  private final Planning planning;

  MakePlan(Planning planning) {
    this.planning = planning;
  }

  @Override
  public Step<Prepared> apply(Authorised authorised) {
    Understood understood = authorised.command();
    Asker asker = new Asker(understood.person(), understood.asked().place());
    if (!authorised.needs().isEmpty() && !mayBecomeAJob(understood.command())) {
      return Step.end(Ending.Refused.cannotWait(understood.command().declaration().name()));
    }
    return switch (understood.command()) {
      case Command.BuiltIn(var _, var answer) ->
          Step.end(Ending.Answered.with(answer.to(asker, understood.arguments())));
      case Command.Deed(var _, var doing) ->
          outcome(authorised, doing.of(asker, understood.arguments()));
      case Command.AboutJob command -> aboutJob(authorised, asker, command);
      case Command.Planned(CommandPlugin plugin) ->
          prepare(authorised, understood.invocation(), plugin);
    };
  }

  /** Only work for nodes can wait for people: all else is done at once. */
  private static boolean mayBecomeAJob(Command command) {
    return switch (command) {
      case Command.Planned _, Command.AboutJob _ -> true;
      case Command.BuiltIn _, Command.Deed _ -> false;
    };
  }

  private Step<Prepared> aboutJob(Authorised authorised, Asker asker, Command.AboutJob command) {
    Arguments arguments = authorised.command().arguments();
    return command
        .job(arguments)
        .map(job -> outcome(authorised, command.doing().of(asker, arguments, job)))
        .orElseGet(() -> Step.end(Ending.Refused.mistake("That job is forgotten by now.")));
  }

  private Step<Prepared> outcome(Authorised authorised, Command.Outcome outcome) {
    return switch (outcome) {
      case Command.Outcome.Done _ when !authorised.needs().isEmpty() ->
          Step.end(Ending.Refused.cannotWait(authorised.command().command().declaration().name()));
      case Command.Outcome.Done(Message message, List<Change> changes) ->
          Step.end(new Ending.Answered(message, changes));
      case Command.Outcome.Refused(String reason) -> Step.end(Ending.Refused.mistake(reason));
      case Command.Outcome.Outdated(Renewal renewal, var without) ->
          Step.end(new Ending.Answered(without.message(), without.changes(), Optional.of(renewal)));
      case Command.Outcome.Work made -> {
        // What the rules say depends on what is known of its nodes.
        planning.await(made.work().reach().nodes());
        yield Step.on(Prepared.of(authorised, made));
      }
    };
  }

  private Step<Prepared> prepare(
      Authorised authorised, Invocation invocation, CommandPlugin plugin) {
    OnePlan context = planning.onePlan();
    Planned plan = plugin.plan(invocation, context);
    Optional<String> leftOut = LeftOutText.of(context.leftOut());
    return switch (plan) {
      case Planned.Refused(String reason) ->
          Step.end(Ending.Refused.mistake(leftOut.map(who -> reason + " " + who).orElse(reason)));
      case Planned.Answer _ when !authorised.needs().isEmpty() && !isDryRun(invocation) ->
          Step.end(Ending.Refused.cannotWait(plugin.declaration().name()));
      case Planned.Answer(Message message) ->
          Step.end(Ending.Answered.with(leftOut.map(who -> with(message, who)).orElse(message)));
      case Planned.Work work when isDryRun(invocation) -> {
        Message message = describe(work);
        yield Step.end(
            Ending.Answered.with(leftOut.map(who -> with(message, who)).orElse(message)));
      }
      case Planned.Work work ->
          Step.on(
              Prepared.of(
                  authorised,
                  work.leavingOut(context.leftOut()),
                  plugin.declaration().name(),
                  authorised.command().command().right(invocation.arguments())));
    };
  }

  private static Message with(Message message, String footnote) {
    List<Block> blocks = new ArrayList<>(message.blocks());
    blocks.add(new Message.Footnote(Text.plain(footnote)));
    return new Message(blocks);
  }

  private static boolean isDryRun(Invocation invocation) {
    return invocation.arguments().has("dry-run");
  }

  /** The plan in words, for {@code --dry-run}. */
  private static Message describe(Planned.Work work) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Message.Paragraph(Text.EMPTY.bold("Dry run, nothing is done: ").code(work.title())));
    List<String> lines = new ArrayList<>(DifferenceWords.of(work.differences()));
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
                .and(" (" + work.reach().nodes().size() + ") would be asked for ")
                .code(work.capability() + "." + work.action())
                .and(" with")));
    blocks.add(new Message.Preformatted(work.arguments().toPrettyString()));
    return new Message(blocks);
  }
}
