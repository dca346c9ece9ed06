package dev.bandmaster.engine.pipeline;

import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;

/** Says which command was understood, where it was typed in words of one's own. */
final class UnderstoodText {

  private UnderstoodText() {}

  /** The ending with the command it is about; a job's own message begins with it. */
  static CommandResult with(CommandResult ending, String canonical) {
    return switch (ending) {
      case CommandResult.Answered answered ->
          new CommandResult.Answered(
              with(answered.message(), canonical), answered.changes(), answered.renewal());
      case CommandResult.Refused refused -> refused.after("`" + canonical + "`:");
      case CommandResult.Opened opened -> opened;
    };
  }

  private static Message with(Message message, String canonical) {
    List<Block> blocks = new ArrayList<>(message.blocks());
    blocks.addFirst(new Message.Footnote(Text.EMPTY.code(canonical)));
    return new Message(blocks);
  }
}
