package dev.bandmaster.core.chat;

import java.util.Optional;

/**
 * Where something is said and where its answer goes.
 *
 * @param channel the channel's id
 * @param kind what sort of channel it is
 * @param thread the timestamp of the thread's first message, if the place is a thread
 */
public record ConversationRef(String channel, Kind kind, Optional<String> thread) {

  /** The sort of channel. */
  public enum Kind {
    DIRECT,
    CHANNEL,
    /** A channel shared with another organisation. */
    SHARED_CHANNEL
  }

  /** The direct messages with a person; anyone who sends there finds the channel. */
  public static ConversationRef directWith(String user) {
    return new ConversationRef(user, Kind.DIRECT, Optional.empty());
  }

  /** The same place, in the thread under a message. */
  public ConversationRef inThread(String timestamp) {
    return new ConversationRef(channel, kind, Optional.of(timestamp));
  }

  /** The same channel, outside of any thread. */
  public ConversationRef outsideOfThreads() {
    return new ConversationRef(channel, kind, Optional.empty());
  }
}
