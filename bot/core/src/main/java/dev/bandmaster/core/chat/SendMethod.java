package dev.bandmaster.core.chat;

import java.util.Arrays;
import java.util.Optional;

/**
 * By which method of the chat service something is sent. Each has limits of its own, so what waits
 * for one method is no reason to wait for another.
 */
public enum SendMethod {
  POST("post"),
  UPDATE("update"),
  /** A message for one person in the conversation with them, where it is an ordinary post. */
  DIRECT("direct"),
  WHISPER("whisper"),
  REACTION("reaction"),
  FILE("file"),
  HOME("home"),
  PULSE("pulse");

  private final String key;

  SendMethod(String key) {
    this.key = key;
  }

  /**
   * By which method an item is sent.
   *
   * @param redraw whether it is there already and is only to be changed
   */
  public static SendMethod of(Outbound item, boolean redraw) {
    return switch (item) {
      case Outbound.ChannelMessage _ -> redraw ? UPDATE : POST;
      case Outbound.Ephemeral whispered ->
          whispered.place().kind() == ConversationRef.Kind.DIRECT ? DIRECT : WHISPER;
      case Outbound.Reaction _ -> REACTION;
      case Outbound.FileAttachment _ -> FILE;
      case Outbound.HomeTab _ -> HOME;
      case Outbound.Heartbeat _ -> PULSE;
      case Outbound.ThreadReply below -> of(below.reply(), redraw);
    };
  }

  /** Its name in the store. */
  public String key() {
    return key;
  }

  /** The method with this name in the store. */
  public static Optional<SendMethod> ofKey(String key) {
    return Arrays.stream(values()).filter(method -> method.key.equals(key)).findFirst();
  }
}
