package dev.bandmaster.engine.commands.oncall;

import dev.bandmaster.engine.oncall.Duty;
import dev.bandmaster.engine.oncall.OnCall;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.model.Nearest;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code oncall}: who is on call in a team, or in each. */
public final class OnCallCommand {

  private static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "oncall",
          List.of(),
          "shows who is on call",
          List.of(
              Parameter.positional("team", new Parameter.Type.Word(), "the team (default: all)")
                  .optional()),
          List.of("oncall", "oncall platform"));

  private OnCallCommand() {}

  public static Command of(OnCall onCall) {
    return new Command.BuiltIn(DECLARATION, (asker, arguments) -> answer(onCall, arguments));
  }

  private static Message answer(OnCall onCall, Arguments arguments) {
    List<String> teams = onCall.teams();
    Optional<String> wanted = arguments.find("team");
    if (teams.isEmpty()) {
      return Message.sentence("No teams are configured. They are listed under 'oncall'.");
    }
    if (wanted.isPresent() && !teams.contains(wanted.get())) {
      return Message.sentence(
          "There is no team '%s'%s. To list them: `oncall`."
              .formatted(wanted.get(), Nearest.hint(wanted.get(), teams)));
    }
    List<Block> blocks = new ArrayList<>();
    for (String team : wanted.map(List::of).orElse(teams)) {
      blocks.add(new Message.Paragraph(line(team, onCall.who(team))));
    }
    return new Message(blocks);
  }

  private static Text line(String team, OnCall.Answer answer) {
    Text line = Text.EMPTY.bold(team).and(": ");
    return switch (answer) {
      case OnCall.Answer.Unknown(String reason) -> line.and("not known. " + reason);
      case OnCall.Answer.Found(Duty duty, String problem) -> {
        boolean first = true;
        for (String person : duty.people()) {
          line = (first ? line : line.and(", ")).person(person);
          first = false;
        }
        for (String name : duty.unknown()) {
          line = (first ? line : line.and(", ")).and("“%s”, who is not known here".formatted(name));
          first = false;
        }
        if (duty.until().isPresent()) {
          line = line.and(", until ").moment(duty.until().get());
        }
        yield problem.isEmpty() ? line : line.and(". This may be out of date: " + problem);
      }
    };
  }
}
