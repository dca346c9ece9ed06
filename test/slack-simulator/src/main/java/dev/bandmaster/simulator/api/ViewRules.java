package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.world.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Slack's limits on modals and home tabs, as its reference gives them. */
final class ViewRules {
  /** 250 kB for all of a view. */
  private static final int BYTES = 250_000;

  private static final int TITLE = 24;
  private static final int CALLBACK_ID = 255;
  private static final int EXTERNAL_ID = 255;
  private static final int PRIVATE_METADATA = 3_000;

  private final Drafts drafts;

  ViewRules(Drafts drafts) {
    this.drafts = drafts;
  }

  /**
   * The view with ids in its blocks; the call is refused where it breaks a limit.
   *
   * @param types the types of view that the method takes
   */
  ObjectNode checked(JsonNode view, String... types) {
    List<String> problems = new ArrayList<>();
    String type = Json.text(view, "type");
    if (view.toString().getBytes(StandardCharsets.UTF_8).length > BYTES) {
      throw new ApiRefusal("view_too_large");
    }
    if (!List.of(types).contains(type)) {
      problems.add("[ERROR] unsupported type: " + type + " [json-pointer:/view/type]");
    }
    if (type.equals("modal")) {
      ElementRules.text(view.path("title"), TITLE, "/view/title", problems);
      for (String button : List.of("submit", "close")) {
        if (view.hasNonNull(button)) {
          ElementRules.text(view.path(button), TITLE, "/view/" + button, problems);
        }
      }
    }
    ElementRules.atMost(Json.text(view, "callback_id"), CALLBACK_ID, "/view/callback_id", problems);
    ElementRules.atMost(
        Json.text(view, "private_metadata"), PRIVATE_METADATA, "/view/private_metadata", problems);
    ElementRules.atMost(Json.text(view, "external_id"), EXTERNAL_ID, "/view/external_id", problems);
    if (type.equals("modal") && asks(view) && !view.hasNonNull("submit")) {
      problems.add("[ERROR] missing required field: submit [json-pointer:/view]");
    }
    if (!problems.isEmpty() || !(view instanceof ObjectNode object)) {
      throw ApiRefusal.withMessages("invalid_arguments", problems);
    }
    ObjectNode body = object.deepCopy();
    body.set(
        "blocks",
        drafts.checked(
            view.path("blocks"),
            type.equals("home") ? Surface.HOME : Surface.MODAL,
            "invalid_arguments"));
    return body;
  }

  private static boolean asks(JsonNode view) {
    for (JsonNode block : view.path("blocks")) {
      if (Json.text(block, "type").equals("input")) {
        return true;
      }
    }
    return false;
  }
}
