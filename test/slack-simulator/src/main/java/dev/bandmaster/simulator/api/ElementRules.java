package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.simulator.world.Json;
import java.util.List;
import java.util.Set;

/**
 * Slack's limits on buttons, menus and the texts in them, as its Block Kit reference gives them.
 */
final class ElementRules {
  private static final int ACTION_ID = 255;
  private static final int BUTTON_TEXT = 75;
  private static final int BUTTON_VALUE = 2_000;
  private static final int OPTION_TEXT = 75;
  private static final int OPTION_VALUE = 150;
  private static final int OPTIONS = 100;
  private static final int CHOICES = 10;
  private static final int OVERFLOW = 5;
  private static final int INPUT_TEXT = 3_000;
  private static final int PLACEHOLDER = 150;
  private static final int CONFIRM_TITLE = 100;
  private static final int CONFIRM_TEXT = 300;
  private static final int CONFIRM_BUTTON = 30;
  private static final Set<String> CHOICE = Set.of("checkboxes", "radio_buttons");
  private static final Set<String> STYLES = Set.of("", "primary", "danger");

  private ElementRules() {}

  static void check(JsonNode element, ElementTypes.Place place, String at, List<String> problems) {
    atMost(Json.text(element, "action_id"), ACTION_ID, at + "/action_id", problems);
    if (!ElementTypes.check(element, place, at, problems)) {
      return;
    }
    if (Json.text(element, "type").equals("button")) {
      button(element, at, problems);
    }
    if (element.hasNonNull("placeholder")) {
      text(element.path("placeholder"), PLACEHOLDER, at + "/placeholder", problems);
    }
    options(element.path("options"), most(element), at + "/options", problems);
    JsonNode groups = element.path("option_groups");
    if (groups.size() > OPTIONS) {
      problems.add(sentence("no more than " + OPTIONS + " items allowed", at + "/option_groups"));
    }
    for (int i = 0; i < groups.size(); i++) {
      String group = at + "/option_groups/" + i;
      text(groups.get(i).path("label"), OPTION_TEXT, group + "/label", problems);
      options(groups.get(i).path("options"), OPTIONS, group + "/options", problems);
    }
    if (element.path("max_length").asInt(1) < 1
        || element.path("max_length").asInt(1) > INPUT_TEXT) {
      problems.add(sentence("must be between 1 and " + INPUT_TEXT, at + "/max_length"));
    }
    if (element.hasNonNull("confirm")) {
      confirm(element.path("confirm"), at + "/confirm", problems);
    }
  }

  private static int most(JsonNode element) {
    String type = Json.text(element, "type");
    return type.equals("overflow") ? OVERFLOW : CHOICE.contains(type) ? CHOICES : OPTIONS;
  }

  private static void options(JsonNode options, int most, String at, List<String> problems) {
    if (options.size() > most) {
      problems.add(sentence("no more than " + most + " items allowed", at));
    } else if (options.isArray() && options.isEmpty()) {
      problems.add(sentence("must have at least 1 item", at));
    }
    for (int i = 0; i < options.size(); i++) {
      String option = at + "/" + i;
      text(options.get(i).path("text"), OPTION_TEXT, option + "/text", problems);
      if (!options.get(i).hasNonNull("value")) {
        problems.add(sentence("missing required field: value", option));
      }
      atMost(Json.text(options.get(i), "value"), OPTION_VALUE, option + "/value", problems);
    }
  }

  private static void button(JsonNode button, String at, List<String> problems) {
    text(button.path("text"), BUTTON_TEXT, at + "/text", problems);
    atMost(Json.text(button, "value"), BUTTON_VALUE, at + "/value", problems);
    if (!STYLES.contains(Json.text(button, "style"))) {
      problems.add(sentence("style must be primary or danger", at + "/style"));
    }
  }

  private static void confirm(JsonNode confirm, String at, List<String> problems) {
    text(confirm.path("title"), CONFIRM_TITLE, at + "/title", problems);
    text(confirm.path("text"), CONFIRM_TEXT, at + "/text", problems);
    text(confirm.path("confirm"), CONFIRM_BUTTON, at + "/confirm", problems);
    text(confirm.path("deny"), CONFIRM_BUTTON, at + "/deny", problems);
  }

  /** A text object: it has a type, is not empty and not too long. */
  static void text(JsonNode text, int most, String at, List<String> problems) {
    String type = Json.text(text, "type");
    if (!type.equals("plain_text") && !type.equals("mrkdwn")) {
      problems.add(sentence("must be a text object: plain_text or mrkdwn", at));
    } else if (Json.text(text, "text").isEmpty()) {
      problems.add(sentence("must be more than 0 characters", at + "/text"));
    } else {
      atMost(Json.text(text, "text"), most, at + "/text", problems);
    }
  }

  static void atMost(String value, int most, String at, List<String> problems) {
    if (value.length() > most) {
      problems.add(sentence("must be less than " + (most + 1) + " characters", at));
    }
  }

  static String sentence(String what, String at) {
    return "[ERROR] " + what + " [json-pointer:" + at + "]";
  }
}
