package dev.bandmaster.engine.intake;

import dev.bandmaster.core.chat.Dialog;
import dev.bandmaster.core.chat.DialogTriggers;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandForm;
import dev.bandmaster.engine.pipeline.CommandRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which dialogs there are, and which typed command each of them stands for. Immutable. */
public final class DialogCatalogue implements DialogTriggers {

  private final CommandRegistry registry;
  private final List<ReasonButton> reasons;

  public DialogCatalogue(CommandRegistry registry, List<ReasonButton> reasons) {
    this.registry = registry;
    this.reasons = List.copyOf(reasons);
  }

  @Override
  public Optional<Dialog> clicked(String action, String value) {
    return action.equals(CommandForm.OPEN)
        ? command(value).map(command -> CommandForm.waiting(command.declaration()))
        : reason(action).map(button -> button.dialog(value));
  }

  @Override
  public Optional<Dialog> slashed(String text) {
    return command(text).map(command -> CommandForm.waiting(command.declaration()));
  }

  @Override
  public Map<String, String> mistakes(String dialog, String memory, Map<String, String> values) {
    return dialog.equals(CommandForm.OPEN)
        ? command(memory)
            .map(command -> CommandForm.mistakes(command.declaration(), values))
            .orElse(Map.of())
        : Map.of();
  }

  /** The command that has a form and goes by this word, which may have been typed. */
  Optional<Command> command(String word) {
    return registry.find(word.strip().toLowerCase(Locale.ROOT)).filter(CommandForm::isFor);
  }

  Optional<ReasonButton> reason(String action) {
    return reasons.stream().filter(button -> button.action().equals(action)).findFirst();
  }

  /** What somebody would type who sends this; empty if it stands for nothing any more. */
  Optional<String> typed(Inbound.DialogSubmitted sent) {
    return sent.dialog().equals(CommandForm.OPEN)
        ? command(sent.memory())
            .map(command -> CommandForm.commandLine(command.declaration(), sent.values()))
        : reason(sent.dialog()).flatMap(button -> button.typed(sent.memory(), sent.values()));
  }

  /** What somebody may type who cannot get the dialog behind a button. */
  String instead(String action, String value) {
    return action.equals(CommandForm.OPEN)
        ? command(value).map(command -> command.declaration().usage()).orElse("the command")
        : reason(action).map(button -> button.instead(value)).orElse("the command");
  }
}
