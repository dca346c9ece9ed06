package dev.bandmaster.app.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * How the bot is, part by part.
 *
 * @param replica the bot's name
 */
public record Health(String replica, List<Part> parts) {

  public Health {
    parts = List.copyOf(parts);
  }

  /**
   * Something that has to work for commands to be carried out.
   *
   * @param since when it came into this state, as far as is known
   * @param reason why it does not work, or what is worth knowing; may be empty
   */
  public record Part(String name, boolean up, Instant since, String reason) {}

  /** Whether every part works. */
  public boolean isReady() {
    return parts.stream().allMatch(Part::up);
  }

  String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("ready", isReady()).put("replica", replica);
    ObjectNode named = root.putObject("parts");
    for (Part part : parts) {
      named
          .putObject(part.name())
          .put("state", part.up() ? "up" : "down")
          .put("since", part.since().toString())
          .put("reason", part.reason());
    }
    return root.toString();
  }
}
