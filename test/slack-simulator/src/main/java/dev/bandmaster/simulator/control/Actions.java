package dev.bandmaster.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.world.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client tells the app of an element that was clicked, picked from or filled in. */
final class Actions {
  private Actions() {}

  /** The element with this action id, or an error that names those there are. */
  static Elements.Found find(JsonNode blocks, String actionId) {
    List<Elements.Found> all = Elements.in(blocks);
    return all.stream()
        .filter(found -> found.actionId().equals(actionId))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "No element has the action_id '"
                    + actionId
                    + "'. Available: "
                    + all.stream().map(Elements.Found::actionId).toList()
                    + "."));
  }

  /** The entry in {@code actions} for an element. */
  static ObjectNode acted(Elements.Found found, @Nullable String value) {
    ObjectNode action = Json.object();
    action.put("action_id", found.actionId());
    action.put("block_id", found.blockId());
    JsonNode element = found.element();
    if (!isButton(element)) {
      action.setAll(filled(element, value));
      return action;
    }
    action.put("type", "button");
    for (String field : List.of("text", "value", "style", "url")) {
      if (element.hasNonNull(field)) {
        action.set(field, element.path(field));
      }
    }
    return action;
  }

  /** The state of a message's or view's inputs after one of them was used. */
  static ObjectNode state(Elements.Found found, @Nullable String value) {
    ObjectNode values = Json.object();
    if (!isButton(found.element())) {
      values.putObject(found.blockId()).set(found.actionId(), filled(found.element(), value));
    }
    return Json.object().set("values", values);
  }

  /** The state of all inputs of a modal, given what was filled in. */
  static ObjectNode inputs(JsonNode blocks, JsonNode values) {
    ObjectNode state = Json.object();
    for (Elements.Found found : Elements.in(blocks)) {
      if (!isButton(found.element())) {
        JsonNode given = values.path(found.blockId()).path(found.actionId());
        String text = given.isMissingNode() || given.isNull() ? null : given.asText();
        state
            .withObjectProperty(found.blockId())
            .set(found.actionId(), filled(found.element(), text));
      }
    }
    return state;
  }

  /**
   * What keeps a modal from being sent, a sentence by block id: Slack's client does not send it.
   */
  static ObjectNode unfinished(JsonNode blocks, JsonNode state) {
    ObjectNode sentences = Json.object();
    for (JsonNode block : blocks) {
      String id = Json.text(block, "block_id");
      JsonNode element = block.path("element");
      JsonNode filled = state.path(id).path(Json.text(element, "action_id"));
      if (Json.text(block, "type").equals("input")) {
        int most = element.path("max_length").asInt(Integer.MAX_VALUE);
        if (isEmpty(filled) && !block.path("optional").asBoolean()) {
          sentences.put(id, "Please complete this required field.");
        } else if (Json.text(filled, "value").length() > most) {
          sentences.put(id, "Please enter at most " + most + " characters.");
        }
      }
    }
    return sentences;
  }

  private static boolean isEmpty(JsonNode filled) {
    for (Map.Entry<String, JsonNode> field : filled.properties()) {
      JsonNode value = field.getValue();
      boolean empty =
          value.isContainerNode() ? value.isEmpty() : value.isNull() || value.asText().isBlank();
      if (!field.getKey().equals("type") && !empty) {
        return false;
      }
    }
    return true;
  }

  private static boolean isButton(JsonNode element) {
    return Json.text(element, "type").equals("button");
  }

  private static ObjectNode filled(JsonNode element, @Nullable String value) {
    String type = Json.text(element, "type");
    ObjectNode filled = Json.object().put("type", type);
    switch (type) {
      case "static_select", "radio_buttons", "external_select", "overflow" ->
          filled.set("selected_option", option(element, value));
      case "checkboxes", "multi_static_select" ->
          filled.set("selected_options", options(element, value));
      case "users_select" -> filled.put("selected_user", or(value, element, "initial_user"));
      case "conversations_select" ->
          filled.put("selected_conversation", or(value, element, "initial_conversation"));
      case "channels_select" ->
          filled.put("selected_channel", or(value, element, "initial_channel"));
      case "datepicker" -> filled.put("selected_date", or(value, element, "initial_date"));
      case "timepicker" -> filled.put("selected_time", or(value, element, "initial_time"));
      default -> filled.put("value", or(value, element, "initial_value"));
    }
    return filled;
  }

  private static @Nullable String or(@Nullable String value, JsonNode element, String initial) {
    String chosen = value == null ? Json.text(element, initial) : value;
    return chosen.isEmpty() ? null : chosen;
  }

  private static @Nullable JsonNode option(JsonNode element, @Nullable String value) {
    JsonNode initial = element.path("initial_option");
    if (value == null || value.isEmpty()) {
      return initial.isMissingNode() ? null : initial;
    }
    for (JsonNode option : allOptions(element)) {
      if (Json.text(option, "value").equals(value)) {
        return option;
      }
    }
    throw new IllegalArgumentException("The menu has no option with the value '" + value + "'.");
  }

  private static ArrayNode options(JsonNode element, @Nullable String value) {
    if (value == null) {
      return element.path("initial_options") instanceof ArrayNode initial
          ? initial.deepCopy()
          : Json.array();
    }
    ArrayNode chosen = Json.array();
    for (String each : value.split(",", -1)) {
      if (!each.isBlank()) {
        chosen.add(option(element, each.strip()));
      }
    }
    return chosen;
  }

  private static ArrayNode allOptions(JsonNode element) {
    ArrayNode all = Json.array();
    element.path("options").forEach(all::add);
    element.path("option_groups").forEach(group -> group.path("options").forEach(all::add));
    return all;
  }
}
