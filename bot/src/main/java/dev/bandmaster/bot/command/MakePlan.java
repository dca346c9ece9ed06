package dev.bandmaster.bot.command;

import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.wire.NodeSet;
import java.util.function.Function;

/** What exactly is to be done, on which nodes? Asks the plugin; nothing happens yet. */
final class MakePlan implements Function<Authorised, Step<Prepared>> {

  private final PlanningContext context;

  MakePlan(PlanningContext context) {
    this.context = context;
  }

  @Override
  public Step<Prepared> apply(Authorised authorised) {
    Understood understood = authorised.command();
    return switch (understood.command()) {
      case Command.BuiltIn(var _, var answer) ->
          Step.end(
              new Ending.Answered(
                  answer.to(
                      new Asker(understood.person(), understood.asked().place()),
                      understood.arguments())));
      case Command.Planned(CommandPlugin plugin) ->
          prepare(authorised, understood.invocation(), plugin);
    };
  }

  private Step<Prepared> prepare(
      Authorised authorised, Invocation invocation, CommandPlugin plugin) {
    return switch (plugin.plan(invocation, context)) {
      case Planned.Refused(String reason) -> Step.end(Ending.Refused.mistake(reason));
      case Planned.Answer(Message message) -> Step.end(new Ending.Answered(message));
      case Planned.Work work when invocation.arguments().has("dry-run") ->
          Step.end(new Ending.Answered(describe(work)));
      case Planned.Work work -> Step.on(new Prepared(authorised, work));
    };
  }

  /** The plan in words, for {@code --dry-run}. */
  private static Message describe(Planned.Work work) {
    return Message.of(
        new Message.Paragraph(Text.EMPTY.bold("Dry run, nothing is done: ").code(work.title())),
        new Message.Paragraph(
            Text.plain(work.capability() + " " + work.action() + " on ")
                .code(NodeSet.fold(work.reach().nodes()))
                .and(" (" + work.reach().nodes().size() + ")")),
        new Message.Preformatted(work.arguments().toPrettyString()));
  }
}
