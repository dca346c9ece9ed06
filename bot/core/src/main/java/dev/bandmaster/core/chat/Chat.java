package dev.bandmaster.core.chat;

import java.time.Duration;
import java.util.Optional;

/** The way out to the chat service. Blocking; safe for use by many threads. */
public interface Chat {

  /**
   * Sends once, without retries of its own.
   *
   * @param id identifies the item for ever; a post that may have been received before is looked for
   *     under it
   * @param previous timestamp of the message to redraw, or empty if it is to be posted
   * @param uncertain whether an earlier attempt to post this item ended as {@link Sent.Uncertain}
   */
  Sent send(String id, Outbound item, Optional<String> previous, boolean uncertain);

  /** Takes a message away that was posted twice; it does not matter whether that works. */
  void retract(String channel, String timestamp);

  /** How an attempt to send ended. */
  sealed interface Sent {
    /** It is there, under this timestamp (empty where the item has none). */
    record Done(String timestamp) implements Sent {}

    /** Not sent; not before this much time has passed. */
    record Later(Duration delay, String reason) implements Sent {}

    /** Not sent: the chat service lets nothing of this sort through before this much has passed. */
    record Limited(Duration delay, String reason) implements Sent {}

    /** The message to redraw is gone: it has to be posted again. */
    record Gone() implements Sent {}

    /** It may or may not have been received. */
    record Uncertain(String reason) implements Sent {}

    /**
     * It will never be accepted in this form.
     *
     * @param reason names what to fix
     * @param place whether the place refuses the bot, so that it may be said elsewhere; otherwise
     *     it is the content
     */
    record Rejected(String reason, boolean place) implements Sent {}
  }
}
