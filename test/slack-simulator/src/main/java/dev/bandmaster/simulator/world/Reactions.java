package dev.bandmaster.simulator.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reactions of a message: each name once, with the people in the order they reacted. */
final class Reactions {
  private Reactions() {}

  /** The message after the change, or nothing where it is as it was. */
  static Optional<Message> change(Message message, String user, String name, boolean add) {
    ArrayNode next = Json.array();
    boolean known = false;
    boolean changed = false;
    for (JsonNode reaction : message.get("reactions")) {
      List<String> users = new ArrayList<>();
      reaction.path("users").forEach(each -> users.add(each.asText()));
      if (Json.text(reaction, "name").equals(name)) {
        known = true;
        changed = add ? !users.contains(user) && users.add(user) : users.remove(user);
      }
      if (!users.isEmpty()) {
        next.add(reaction(Json.text(reaction, "name"), users));
      }
    }
    if (!known && add) {
      next.add(reaction(name, List.of(user)));
      changed = true;
    }
    return changed ? Optional.of(message.touched(body -> replace(body, next))) : Optional.empty();
  }

  private static void replace(ObjectNode body, ArrayNode reactions) {
    if (reactions.isEmpty()) {
      body.remove("reactions");
    } else {
      body.set("reactions", reactions);
    }
  }

  private static ObjectNode reaction(String name, List<String> users) {
    ObjectNode reaction = Json.object();
    reaction.put("name", name);
    reaction.set("users", Json.strings(users));
    reaction.put("count", users.size());
    return reaction;
  }
}
