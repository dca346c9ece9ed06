package dev.bandmaster.core.chat;

import java.util.Map;
import java.util.Optional;

/** What reaches the bot from a person. */
public sealed interface Inbound {

  /** Who did it. */
  UserRef sender();

  /** Where; the answer belongs there. */
  ConversationRef place();

  /**
   * Words to the bot, in a DM or by mention. The answer goes into the thread of the message.
   *
   * @param timestamp the message's own timestamp, on which reactions are set
   * @param text the text with the chat's markup undone and the bot's own mention removed
   * @param raw the text exactly as it came, for the audit
   */
  record MessageReceived(
      UserRef sender, ConversationRef place, String timestamp, String text, String raw)
      implements Inbound {}

  /**
   * Words to the bot that their author has changed. They are no command: what was typed first was.
   *
   * @param timestamp the message's own timestamp
   * @param text the text as it is now, with the chat's markup undone
   * @param raw the text as it is now, exactly as it came
   */
  record MessageEdited(
      UserRef sender, ConversationRef place, String timestamp, String text, String raw)
      implements Inbound {}

  /**
   * A slash command. It has no message of its own, so there is nothing to react to.
   *
   * @param dialog how the dialog was opened that it asks for, if it does
   */
  record SlashCommand(
      UserRef sender,
      ConversationRef place,
      String text,
      String raw,
      Optional<Dialogs.Opening> dialog)
      implements Inbound {

    /** One that asks for no dialog. */
    public SlashCommand(UserRef sender, ConversationRef place, String text, String raw) {
      this(sender, place, text, raw, Optional.empty());
    }
  }

  /**
   * A command that somebody scheduled and whose time has come.
   *
   * @param sender who scheduled it
   * @param number the schedule's number
   */
  record Scheduled(UserRef sender, ConversationRef place, long number, String text)
      implements Inbound {}

  /**
   * A step of a runbook whose turn has come.
   *
   * @param sender who runs the runbook
   * @param run the number of the run
   * @param step the step's index
   * @param attempt which time it is asked
   */
  record RunbookStep(
      UserRef sender, ConversationRef place, long run, int step, int attempt, String text)
      implements Inbound {}

  /**
   * A command that came by the API.
   *
   * @param confirmed whether the caller says that it is meant, where that is asked
   */
  record ApiCommand(UserRef sender, ConversationRef place, String text, boolean confirmed)
      implements Inbound {}

  /**
   * A click on one of the bot's buttons.
   *
   * @param place where the button is; for the home tab the direct messages with the person
   * @param message timestamp of the message that carries the button; empty for the home tab
   * @param action the button's action
   * @param value the button's opaque value
   * @param dialog how the dialog was opened that it asks for, if it does
   */
  record ButtonClick(
      UserRef sender,
      ConversationRef place,
      String message,
      String action,
      String value,
      Optional<Dialogs.Opening> dialog)
      implements Inbound {}

  /**
   * A look at the bot's home tab.
   *
   * @param place the direct messages with the person, beside which the tab is
   */
  record HomeOpened(UserRef sender, ConversationRef place) implements Inbound {}

  /**
   * A dialog that somebody filled in and sent.
   *
   * @param place where the dialog was asked for
   * @param dialog the dialog's id
   * @param memory what the dialog was to remember
   * @param values what was filled in, by the name of the field; what was left empty is not there
   */
  record DialogSubmitted(
      UserRef sender,
      ConversationRef place,
      String dialog,
      String memory,
      Map<String, String> values)
      implements Inbound {
    public DialogSubmitted {
      values = Map.copyOf(values);
    }
  }
}
