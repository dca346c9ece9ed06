package dev.bandmaster.bot.chat;

import java.util.Optional;

/** What reaches the bot from a person. */
public sealed interface Inbound {

  /** Who did it. */
  Sender sender();

  /** Where; the answer belongs there. */
  Place place();

  /**
   * Words to the bot, in a DM or by mention. The answer goes into the thread of the message.
   *
   * @param timestamp the message's own timestamp, on which reactions are set
   * @param text the text with Slack's markup undone and the bot's own mention removed
   * @param raw the text exactly as it came, for the audit
   */
  record Said(Sender sender, Place place, String timestamp, String text, String raw)
      implements Inbound {}

  /** A slash command. It has no message of its own, so there is nothing to react to. */
  record Slashed(Sender sender, Place place, String text, String raw) implements Inbound {}

  /**
   * A click on one of the bot's buttons.
   *
   * @param message timestamp of the message that carries the button
   * @param action the button's action
   * @param value the button's opaque value
   * @param trigger lives for three seconds; opens a dialog
   */
  record Clicked(
      Sender sender,
      Place place,
      String message,
      String action,
      String value,
      Optional<String> trigger)
      implements Inbound {}
}
