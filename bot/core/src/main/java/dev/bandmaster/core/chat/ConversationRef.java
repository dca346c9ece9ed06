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
    SHARED_CHANNEL,
    /** No place in the chat: what is said there is kept for the program that asked. */
    API
  }

  /** The id of the place of everything that is asked by the API; the policy names it so. */
  public static final String API_CHANNEL = "api";

  /**
   * The place of something asked by the API.
   *
   * @param request tells it from all other requests
   */
  public static ConversationRef api(String request) {
    return new ConversationRef(API_CHANNEL, Kind.API, Optional.of(request));
  }

  /** Whether it is no place in the chat, but that of something asked by the API. */
  public boolean isApi() {
    return kind == Kind.API;
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
