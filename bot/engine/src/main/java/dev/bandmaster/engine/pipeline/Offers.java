package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.chat.ButtonAction;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command that was not run, with what may have been meant: each as a button with the whole
 * command, which runs with the rights of the person who clicks it.
 */
public final class Offers {

  /** Runs the command that is the button's value. */
  public static final String RUN = "command.run";

  /** Characters that a button can carry, and that its text can have. */
  private static final int ROOM = 2_000;

  private static final int LONGEST_LABEL = 75;

  private Offers() {}

  static Message of(CommandResult.Refused refused) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Message.Paragraph(Text.sentence(refused.reason())));
    List<Button> buttons = new ArrayList<>();
    refused.suggestions().stream()
        .filter(command -> command.length() <= ROOM)
        .forEach(command -> buttons.add(button(command)));
    refused
        .elsewhere()
        .filter(place -> place.command().length() < ROOM - place.channel().length())
        .ifPresent(place -> {
          blocks.add(
              new Message.Paragraph(
                  Text.plain("It can be asked in ").channel(place.channel()).and(".")));
          buttons.add(
              new Button(
                  ButtonAction.RUN_IN,
                  place.channel() + " " + place.command(),
                  "Ask there",
                  Button.Style.PLAIN,
                  Optional.empty()));
        });
    refused.form().ifPresent(name -> buttons.add(CommandForm.button(name, "Fill in a form")));
    if (!buttons.isEmpty()) {
      blocks.add(new Message.Buttons(buttons));
    }
    return new Message(blocks);
  }

  /** What is offered to somebody who edited a message; empty if a button cannot carry it. */
  public static Optional<Message> ofEdit(String command) {
    return command.length() > ROOM
        ? Optional.empty()
        : Optional.of(
            Message.of(
                new Message.Paragraph(
                    Text.plain("An edited message is not run by itself. It says now: ")
                        .code(command)),
                new Message.Buttons(List.of(button(command, "Run the edited command")))));
  }

  /** A button that runs a command. */
  public static Button button(String command) {
    return button(command, command);
  }

  /** The same with a text of its own. */
  public static Button button(String command, String label) {
    return new Button(
        RUN,
        command,
        label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL - 1) + "…",
        Button.Style.PLAIN,
        Optional.empty());
  }
}
