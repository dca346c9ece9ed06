package dev.bandmaster.demo.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.DeliveryMeaning;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.UserRef;
import java.util.Optional;

/**
 * A line that somebody said, as the inbox stores it.
 *
 * @param workspace the speaker's workspace
 * @param user the speaker's id
 * @param channel their direct messages with the bot
 * @param id the line's own id
 */
record ConsoleLine(String workspace, String user, String channel, String id, String text) {
  private static final ObjectMapper JSON = new ObjectMapper();

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text can always be written as JSON", e);
    }
  }

  static DeliveryMeaning interpret(String envelope) {
    try {
      ConsoleLine line = JSON.readValue(envelope, ConsoleLine.class);
      return new DeliveryMeaning.Wish(
          new Inbound.MessageReceived(
              new UserRef(line.workspace(), line.user()),
              new ConversationRef(line.channel(), ConversationRef.Kind.DIRECT, Optional.empty()),
              line.id(),
              line.text(),
              line.text()));
    } catch (JsonProcessingException e) {
      return new DeliveryMeaning.Unreadable("It is no line of a console.", Optional.empty());
    }
  }
}
