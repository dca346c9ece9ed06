package dev.bandmaster.engine.api;

import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.RateLimiter;
import java.time.Duration;
import java.util.Optional;

/**
 * Where what is said to callers of the API goes. The outbox keeps it, and that is where the API
 * reads it; so for the chat there is nothing to send. Where a channel is configured, jobs and their
 * requests for approval are shown there too, so that people can approve them.
 */
public final class ApiConversations {

  /** Stands where a message of the chat has its timestamp. */
  private static final String KEPT = "api";

  private final Optional<String> channel;

  /**
   * Makes it.
   *
   * @param channel the chat's channel in which people see what the API does, if there is one
   */
  public ApiConversations(Optional<String> channel) {
    this.channel = channel;
  }

  /** A way to the chat on which nothing goes out that is for callers alone. */
  public Chat before(Chat chat) {
    return new Chat() {
      @Override
      public Sent send(String id, Outbound item, Optional<String> previous, boolean uncertain) {
        if (!isOfApi(item)) {
          return chat.send(id, item, previous, uncertain);
        }
        Optional<Outbound> shown = isForPeople(id) ? inChannel(item) : Optional.empty();
        return shown
            .map(message ->
                chat.send(id, message, previous.filter(at -> !at.equals(KEPT)), uncertain))
            .orElseGet(() -> new Sent.Done(KEPT));
      }

      @Override
      public void retract(String from, String timestamp) {
        if (!from.equals(ConversationRef.API_CHANNEL)) {
          chat.retract(from, timestamp);
        } else if (!timestamp.equals(KEPT)) {
          channel.ifPresent(place -> chat.retract(place, timestamp));
        }
      }
    };
  }

  /** Limits that what stays here does not use up. */
  public RateLimiter before(RateLimiter limits) {
    return new RateLimiter() {
      @Override
      public Optional<Duration> hold(Outbound item, boolean redraw, boolean important) {
        return shown(item).flatMap(sent -> limits.hold(sent, redraw, important));
      }

      @Override
      public boolean holdsMethod(Outbound item, boolean redraw, boolean important) {
        return shown(item).map(sent -> limits.holdsMethod(sent, redraw, important)).orElse(false);
      }

      @Override
      public void limited(Outbound item, boolean redraw, Duration delay) {
        shown(item).ifPresent(sent -> limits.limited(sent, redraw, delay));
      }

      @Override
      public void shareWith(int replicas) {
        limits.shareWith(replicas);
      }

      @Override
      public long refusals() {
        return limits.refusals();
      }

      private Optional<Outbound> shown(Outbound item) {
        return isOfApi(item) ? inChannel(item) : Optional.of(item);
      }
    };
  }

  private static boolean isOfApi(Outbound item) {
    return item.channel().equals(ConversationRef.API_CHANNEL);
  }

  /** Whether people are to see it: a job, or something about its request for approval. */
  private static boolean isForPeople(String id) {
    return id.startsWith("job:") || id.startsWith("approval:");
  }

  /** A message as it is shown in the channel; a line about it is in its thread. */
  private Optional<Outbound> inChannel(Outbound item) {
    return switch (item) {
      case Outbound.ChannelMessage message ->
          channel.map(place ->
              new Outbound.ChannelMessage(
                  new ConversationRef(
                      place,
                      ConversationRef.Kind.CHANNEL,
                      message.place().thread().filter(ApiConversations::isTimestamp)),
                  message.message(),
                  message.broadcast()));
      case Outbound.ThreadReply below -> inChannel(below.reply());
      case Outbound.Ephemeral _,
          Outbound.Reaction _,
          Outbound.FileAttachment _,
          Outbound.HomeTab _,
          Outbound.Heartbeat _ ->
          Optional.empty();
    };
  }

  /**
   * The thread of a place of the API is a request's id, with hyphens; of a line it is a message.
   */
  private static boolean isTimestamp(String thread) {
    return !thread.equals(KEPT) && thread.indexOf('-') < 0;
  }
}
