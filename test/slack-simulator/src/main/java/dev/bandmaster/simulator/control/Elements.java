package dev.bandmaster.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.world.Json;
import java.util.ArrayList;
import java.util.List;

/** Finds the things in blocks that can be clicked, and the texts that can be read. */
final class Elements {
  /** Texts of tables, charts and tasks that are no text objects. */
  private static final List<String> TITLES = List.of("caption", "title");

  private Elements() {}

  /** A clickable element and the block it is in. */
  record Found(String blockId, String actionId, JsonNode element) {}

  /** Everything clickable in these blocks, from top to bottom. */
  static List<Found> in(JsonNode blocks) {
    List<Found> found = new ArrayList<>();
    for (JsonNode block : blocks) {
      add(found, block, block.path("accessory"));
      add(found, block, block.path("element"));
      block.path("actions").forEach(element -> add(found, block, element));
      switch (Json.text(block, "type")) {
        case "actions", "context_actions" ->
            block.path("elements").forEach(element -> add(found, block, element));
        case "carousel" -> found.addAll(in(block.path("elements")));
        case "container" -> found.addAll(in(block.path("child_blocks")));
        default -> {
          // Nothing else holds more than one element.
        }
      }
    }
    return found;
  }

  private static void add(List<Found> found, JsonNode block, JsonNode element) {
    String id = Json.text(element, "action_id");
    if (!id.isEmpty()) {
      found.add(new Found(Json.text(block, "block_id"), id, element));
    }
  }

  /** Adds every text in the node that a person reads, but no button labels. */
  static void texts(JsonNode node, List<String> into) {
    if (Json.text(node, "type").equals("button")) {
      return;
    }
    for (String field : TITLES) {
      if (node instanceof ObjectNode && node.path(field).isTextual()) {
        into.add(Json.text(node, field));
      }
    }
    if (node instanceof ObjectNode && node.path("text").isTextual()) {
      into.add(Json.text(node, "text"));
      return;
    }
    for (JsonNode child : node) {
      if (child.isContainerNode()) {
        texts(child, into);
      }
    }
  }
}
