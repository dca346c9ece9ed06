package dev.bandmaster.engine.intake;

import dev.bandmaster.core.chat.Dialog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A button that asks for a reason before it counts. The reason is typed into a dialog, and together
 * they are the command that somebody would type.
 *
 * @param action the button's action, by which the dialog is known too
 * @param title the dialog's title, at most 24 characters
 * @param question what is asked, at most 150 characters
 * @param command the command without the reason, made from the button's value; empty if there is
 *     nothing behind that value any more. It may look things up
 */
public record ReasonButton(
    String action, String title, String question, Function<String, Optional<String>> command) {

  private static final String REASON = "reason";

  /** Characters of a reason: it is shown in messages and kept in the audit. */
  private static final int LONGEST_REASON = 500;

  /** The dialog for a button with this value; nothing is looked up. */
  Dialog dialog(String value) {
    return new Dialog(
        action,
        title,
        title,
        List.of(
            new Dialog.Line(
                REASON, question, "The requester will see it.", true, true, LONGEST_REASON)),
        value);
  }

  /** What somebody would type; empty if there is nothing behind the value any more. */
  Optional<String> typed(String value, Map<String, String> values) {
    return command.apply(value).map(begun -> begun + " " + values.getOrDefault(REASON, "").strip());
  }

  /** What somebody may type who cannot get the dialog. */
  String instead(String value) {
    return command.apply(value).map(begun -> begun + " <reason>").orElse("the command");
  }
}
