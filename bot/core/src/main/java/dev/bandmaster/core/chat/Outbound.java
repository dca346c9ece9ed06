package dev.bandmaster.core.chat;

import dev.bandmaster.model.VisibleText;
import dev.bandmaster.plugin.Message;
import java.time.Instant;
import java.util.Optional;

/**
 * Something to show. It is stored in the outbox as it is and sent from there, so all of it can be
 * written as JSON and read back.
 */
public sealed interface Outbound {

  /** The channel it goes to; of a home tab the person. */
  String channel();

  /** Whether sending it again changes what is there instead of adding to it. */
  default boolean canBeRedrawn() {
    return switch (this) {
      case ChannelMessage _, Reaction _, HomeTab _, Heartbeat _ -> true;
      case ThreadReply below -> below.reply().canBeRedrawn();
      case Ephemeral _, FileAttachment _ -> false;
    };
  }

  /** The id of the person who waits for it and is notified if it can never be shown. */
  default Optional<String> awaitedBy() {
    return switch (this) {
      case ChannelMessage shown -> shown.asker();
      case Ephemeral whispered -> Optional.of(whispered.user());
      case FileAttachment attached -> attached.asker();
      case ThreadReply below -> below.reply().awaitedBy();
      case Reaction _, HomeTab _, Heartbeat _ -> Optional.empty();
    };
  }

  /**
   * A message that is posted once and from then on redrawn to its newest content.
   *
   * @param asker the id of the person who asked for it
   */
  record ChannelMessage(
      ConversationRef place, Message message, boolean broadcast, Optional<String> asker)
      implements Outbound {

    /** A message that nobody in particular waits for. */
    public ChannelMessage(ConversationRef place, Message message, boolean broadcast) {
      this(place, message, broadcast, Optional.empty());
    }

    /** The same, waited for by this person. */
    public ChannelMessage askedBy(String user) {
      return new ChannelMessage(place, message, broadcast, Optional.of(user));
    }

    @Override
    public String channel() {
      return place.channel();
    }
  }

  /** A message for one person's eyes; it cannot be changed afterwards. */
  record Ephemeral(ConversationRef place, String user, Message message) implements Outbound {
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
  record Reaction(String channel, String timestamp, String emoji, String removes)
      implements Outbound {}

  /**
   * A text file in a thread. Characters that nobody would see become visible.
   *
   * @param asker the id of the person who asked for it
   */
  record FileAttachment(
      ConversationRef place, String name, String title, String content, Optional<String> asker)
      implements Outbound {
    public FileAttachment {
      name = VisibleText.line(name);
      title = VisibleText.line(title);
      content = VisibleText.lines(content);
    }

    /** A file that nobody in particular waits for. */
    public FileAttachment(ConversationRef place, String name, String title, String content) {
      this(place, name, title, content, Optional.empty());
    }

    /** The same somewhere else. */
    public FileAttachment in(ConversationRef elsewhere) {
      return new FileAttachment(elsewhere, name, title, content, asker);
    }

    /** The same, waited for by this person. */
    public FileAttachment askedBy(String user) {
      return new FileAttachment(place, name, title, content, Optional.of(user));
    }

    @Override
    public String channel() {
      return place.channel();
    }
  }

  /** One person's home tab: what they see who look at the bot itself. */
  record HomeTab(String user, Message message) implements Outbound {
    @Override
    public String channel() {
      return user;
    }
  }

  /**
   * Nothing that anybody sees: it goes the way that alerts go, and shows by its arrival that the
   * way is open.
   *
   * @param at when it set out
   */
  record Heartbeat(Instant at) implements Outbound {
    @Override
    public String channel() {
      return "";
    }
  }

  /**
   * Something in the thread under a message of ours, which may not be posted yet.
   *
   * @param root the outbox item that is that message
   * @param reply a message or a file; its place names the channel
   */
  record ThreadReply(String root, Outbound reply) implements Outbound {
    public ThreadReply {
      if (!(reply instanceof ChannelMessage || reply instanceof FileAttachment)) {
        throw new IllegalArgumentException("only a message or a file can be in a thread");
      }
    }

    @Override
    public String channel() {
      return reply.channel();
    }

    /** The reply, in the thread under this timestamp. */
    public Outbound in(String timestamp) {
      return switch (reply) {
        case ChannelMessage(
                ConversationRef place,
                Message message,
                boolean broadcast,
                Optional<String> asker) ->
            new ChannelMessage(place.inThread(timestamp), message, broadcast, asker);
        case FileAttachment attached -> attached.in(attached.place().inThread(timestamp));
        case Ephemeral _, Reaction _, HomeTab _, ThreadReply _, Heartbeat _ ->
            throw new IllegalStateException("not a reply");
      };
    }
  }
}
