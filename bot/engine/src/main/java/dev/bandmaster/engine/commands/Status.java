package dev.bandmaster.engine.commands;

import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code status}: how the bot itself is. */
final class Status implements Command.Answer {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "status", List.of(), "shows the bot's status", List.of(), List.of("status"));

  private final Supplier<Map<String, String>> lines;

  /**
   * Makes the command.
   *
   * @param lines what to report on with its state, in the order to show
   */
  Status(Supplier<Map<String, String>> lines) {
    this.lines = lines;
  }

  @Override
  public Message to(Asker asker, Arguments arguments) {
    List<Block> blocks = new ArrayList<>();
    lines
        .get()
        .forEach((what, state) ->
            blocks.add(new Message.Paragraph(Text.EMPTY.bold(what).and("  " + state))));
    return new Message(blocks);
  }
}
