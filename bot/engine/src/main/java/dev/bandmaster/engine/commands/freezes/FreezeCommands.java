package dev.bandmaster.engine.commands.freezes;

import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.freeze.Freezes;
import dev.bandmaster.core.store.DeclaredFreezes;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.view.StartConditionText;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** {@code freeze}, {@code unfreeze} and {@code freezes}: times in which nothing is deployed. */
public final class FreezeCommands {

  /** Lines of {@code freezes}: one message holds 50 blocks. */
  private static final int MOST_SHOWN = 40;

  private static final CommandDeclaration FREEZES =
      new CommandDeclaration(
              "freezes",
              List.of(),
              "lists current and coming freezes",
              List.of(),
              List.of("freezes"))
          .about(Topic.LOCKS);

  private FreezeCommands() {}

  /**
   * The commands.
   *
   * @param declared what people have declared
   * @param freezes that, and what the configuration says
   */
  public static List<Command> all(
      DeclaredFreezes declared,
      Freezes freezes,
      Catalogue catalogue,
      StartConditionText inWords,
      InstantSource clock) {
    return List.of(
        new Command.ActionCommand(
            FreezeCommand.DECLARATION, new FreezeCommand(declared, catalogue, inWords, clock)),
        UnfreezeCommand.command(declared, inWords),
        new Command.BuiltIn(
            FREEZES,
            (asker, arguments) -> list(freezes.standingOrComing(clock.instant()), inWords, clock)));
  }

  private static Message list(
      List<Freeze> freezes, StartConditionText inWords, InstantSource clock) {
    if (freezes.isEmpty()) {
      return Message.sentence("No current or coming freezes.");
    }
    Instant now = clock.instant();
    List<Block> blocks = new ArrayList<>();
    freezes.stream()
        .limit(MOST_SHOWN)
        .forEach(freeze ->
            blocks.add(
                new Message.Paragraph(
                    Text.plain((freeze.standsAt(now) ? "❄️ " : "🗓️ ") + inWords.whole(freeze)))));
    if (freezes.size() > MOST_SHOWN) {
      blocks.add(
          new Message.Footnote(
              Text.plain("… and %d more.".formatted(freezes.size() - MOST_SHOWN))));
    }
    return new Message(blocks);
  }
}
