package dev.bandmaster.engine.commands;

import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import java.util.List;
import java.util.Locale;

/** {@code whoami}: who the rules take the asker for. */
final class WhoAmI implements Command.Answer {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "whoami",
          List.of(),
          "shows who you are to the access rules",
          List.of(),
          List.of("whoami"));

  @Override
  public Message to(Asker asker, Arguments arguments) {
    return Message.of(
        new Message.Paragraph(
            Text.plain("You are ")
                .bold(asker.person().name())
                .and(", ")
                .code(asker.person().sender().principal())
                .and(", a " + asker.person().kind().name().toLowerCase(Locale.ROOT) + ".")),
        new Message.Paragraph(
            Text.plain("Groups: ")
                .code(
                    asker.person().groups().isEmpty()
                        ? "none"
                        : String.join(", ", asker.person().groups().stream().sorted().toList()))
                .and("  channel: ")
                .code(asker.place().channel())));
  }
}
