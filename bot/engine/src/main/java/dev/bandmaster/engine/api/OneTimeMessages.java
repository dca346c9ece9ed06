package dev.bandmaster.engine.api;

import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.PlainText;
import dev.bandmaster.plugin.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Messages with a secret, which must not be stored. The outbox keeps a message that says that the
 * secret is lost; in its place the message with the secret is sent, once, by the replica that has
 * it in its memory. Safe for use by many threads.
 */
public final class OneTimeMessages {

  /** How the message begins that is kept. */
  public static final String LOST = "The text of a new token was lost";

  /** How long a replica leaves a message to the one that has the secret. */
  private static final Duration OTHERS = Duration.ofSeconds(30);

  /** How long a secret is kept that cannot be sent. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final InstantSource clock;
  private final Map<Message, Secret> secrets = new ConcurrentHashMap<>();
  private final Map<String, Instant> seen = new ConcurrentHashMap<>();

  private record Secret(Message shown, Instant until) {
    @Override
    public String toString() {
      return "a secret until " + until;
    }
  }

  public OneTimeMessages(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Has a message sent in another's place.
   *
   * @param kept what is stored; begins with {@link #LOST} and is like no other
   */
  public void send(Message kept, Message shown) {
    Instant now = clock.instant();
    secrets.values().removeIf(secret -> secret.until().isBefore(now));
    secrets.put(kept, new Secret(shown, now.plus(KEPT)));
  }

  /** A way to the chat on which the message with the secret is sent. */
  public Chat before(Chat chat) {
    return new Chat() {
      @Override
      public Sent send(String id, Outbound item, Optional<String> previous, boolean uncertain) {
        return item instanceof Outbound.ChannelMessage message && isKept(message.message())
            ? sendSecret(chat, id, message, previous, uncertain)
            : chat.send(id, item, previous, uncertain);
      }

      @Override
      public void retract(String channel, String timestamp) {
        chat.retract(channel, timestamp);
      }
    };
  }

  private static boolean isKept(Message message) {
    return PlainText.of(message).startsWith(LOST);
  }

  private Chat.Sent sendSecret(
      Chat chat,
      String id,
      Outbound.ChannelMessage item,
      Optional<String> previous,
      boolean uncertain) {
    Instant now = clock.instant();
    Secret secret = secrets.get(item.message());
    if (secret == null) {
      seen.values().removeIf(at -> at.plus(KEPT).isBefore(now));
      Instant since = seen.computeIfAbsent(id, _ -> now);
      return now.isBefore(since.plus(OTHERS))
          ? new Chat.Sent.Later(PAUSE, "Another replica has its content.")
          : chat.send(id, item, previous, uncertain);
    }
    Chat.Sent sent =
        chat.send(
            id,
            new Outbound.ChannelMessage(item.place(), secret.shown(), item.broadcast()),
            previous,
            uncertain);
    if (sent instanceof Chat.Sent.Done || sent instanceof Chat.Sent.Rejected) {
      secrets.remove(item.message());
    }
    return sent;
  }
}
