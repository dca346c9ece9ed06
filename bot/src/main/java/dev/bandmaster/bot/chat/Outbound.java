package dev.bandmaster.bot.chat;

import dev.bandmaster.plugin.Message;

/**
 * Something to show. It is stored in the outbox as it is and sent from there, so all of it can be
 * written as JSON and read back.
 */
public sealed interface Outbound {

  /** The channel it goes to. */
  String channel();

  /** A message that is posted once and from then on redrawn to its newest content. */
  record Shown(Place place, Message message, boolean broadcast) implements Outbound {
    @Override
    public String channel() {
      return place.channel();
    }
  }

  /** A message for one person's eyes; it cannot be changed afterwards. */
  record Whispered(Place place, String user, Message message) implements Outbound {
    @Override
    public String channel() {
      return place.channel();
    }
  }

  /**
   * A reaction to a message.
   *
   * @param emoji the reaction's name without colons
   * @param removes the reaction it takes the place of, or empty
   */
  record Reacted(String channel, String timestamp, String emoji, String removes)
      implements Outbound {}

  /** A text file in a thread. */
  record Attached(Place place, String name, String title, String content) implements Outbound {
    @Override
    public String channel() {
      return place.channel();
    }
  }
}
