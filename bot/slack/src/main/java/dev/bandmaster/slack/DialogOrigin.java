package dev.bandmaster.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.core.chat.Dialog;
import dev.bandmaster.core.chat.Dialogs.Screen;
import java.util.Optional;

/**
 * Where a dialog was asked for, and what it is to remember. A modal belongs to no channel, so this
 * goes with it as its private metadata and is returned with the submission.
 *
 * @param channel empty for the home tab
 */
record DialogOrigin(String channel, Optional<String> thread, String memory) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static DialogOrigin of(Screen screen, Dialog dialog) {
    return new DialogOrigin(screen.channel(), screen.thread(), dialog.memory());
  }

  /** At most 3,000 characters, since the memory has 2,000 at the most. */
  String written() {
    ObjectNode metadata = JSON.createObjectNode().put("channel", channel);
    thread.ifPresent(ts -> metadata.put("thread", ts));
    return metadata.put("memory", memory).toString();
  }

  /** Reads what was written; empty if it was not written here. */
  static Optional<DialogOrigin> read(String metadata) {
    try {
      JsonNode node = JSON.readTree(metadata);
      return node.path("memory").isTextual()
          ? Optional.of(
              new DialogOrigin(
                  node.path("channel").asText(),
                  Optional.of(node.path("thread").asText()).filter(ts -> !ts.isEmpty()),
                  node.path("memory").asText()))
          : Optional.empty();
    } catch (JsonProcessingException unreadable) {
      return Optional.empty();
    }
  }
}
