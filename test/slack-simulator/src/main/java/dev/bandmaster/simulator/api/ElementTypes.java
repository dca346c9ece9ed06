package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.simulator.world.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which elements there are, where each may stand, and what each has to have. */
final class ElementTypes {
  /** Where elements stand. */
  enum Place {
    SECTION,
    ACTIONS,
    INPUT,
    CONTEXT_ACTIONS,
    CARD
  }

  private record Type(Set<Place> places, List<String> required) {}

  private static final Set<Place> MENUS = Set.of(Place.SECTION, Place.ACTIONS, Place.INPUT);
  private static final Set<Place> INPUTS = Set.of(Place.INPUT);
  private static final Map<String, Type> TYPES =
      Map.ofEntries(
          type("button", Set.of(Place.SECTION, Place.ACTIONS, Place.CARD), "text"),
          type("checkboxes", MENUS, "options"),
          type("datepicker", MENUS),
          type("datetimepicker", Set.of(Place.ACTIONS, Place.INPUT)),
          type("email_text_input", INPUTS),
          type("file_input", INPUTS),
          type("image", Set.of(Place.SECTION), "alt_text"),
          type("multi_static_select", MENUS),
          type("multi_external_select", MENUS),
          type("multi_users_select", MENUS),
          type("multi_conversations_select", MENUS),
          type("multi_channels_select", MENUS),
          type("number_input", INPUTS, "is_decimal_allowed"),
          type("overflow", Set.of(Place.SECTION, Place.ACTIONS), "options"),
          type("plain_text_input", INPUTS),
          type("radio_buttons", MENUS, "options"),
          type("rich_text_input", Set.of(Place.ACTIONS, Place.INPUT)),
          type("static_select", MENUS),
          type("external_select", MENUS),
          type("users_select", MENUS),
          type("conversations_select", MENUS),
          type("channels_select", MENUS),
          type("timepicker", MENUS),
          type("url_text_input", INPUTS),
          type("workflow_button", Set.of(Place.SECTION, Place.ACTIONS), "text", "workflow"),
          type(
              "feedback_buttons",
              Set.of(Place.CONTEXT_ACTIONS),
              "positive_button",
              "negative_button"),
          type("icon_button", Set.of(Place.CONTEXT_ACTIONS), "icon", "text"));

  private static final Set<String> WITH_OPTIONS = Set.of("static_select", "multi_static_select");

  private ElementTypes() {}

  private static Map.Entry<String, Type> type(String name, Set<Place> places, String... required) {
    return Map.entry(name, new Type(places, List.of(required)));
  }

  /** Checks that there is such an element, that it may stand here, and that it is complete. */
  static boolean check(JsonNode element, Place place, String at, List<String> problems) {
    String name = Json.text(element, "type");
    if (name.isEmpty()) {
      problems.add(ElementRules.sentence("missing required field: type", at));
      return false;
    }
    Type type = TYPES.get(name);
    if (type == null || !type.places().contains(place)) {
      problems.add(ElementRules.sentence("unsupported type: " + name, at + "/type"));
      return false;
    }
    int before = problems.size();
    for (String field : type.required()) {
      if (!element.hasNonNull(field)) {
        problems.add(ElementRules.sentence("missing required field: " + field, at));
      }
    }
    if (WITH_OPTIONS.contains(name)
        && !element.hasNonNull("options")
        && !element.hasNonNull("option_groups")) {
      problems.add(ElementRules.sentence("missing required field: options", at));
    }
    if (name.equals("image")) {
      source(element, at, problems);
    }
    return problems.size() == before;
  }

  /** A picture comes from an address or from a file of Slack's. */
  static void source(JsonNode image, String at, List<String> problems) {
    if (!image.hasNonNull("image_url") && !image.hasNonNull("slack_file")) {
      problems.add(ElementRules.sentence("missing required field: image_url or slack_file", at));
    }
  }
}
