package dev.bandmaster.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.plugin.Message.Button;

/**
 * A button that is one of a menu's options: to Slack the menu has the action and the option a
 * value, so the value holds both of the button's.
 */
record MenuChoice(String action, String argument) {

  /** The action of every menu. */
  static final String ACTION = "menu";

  /** Characters of an option's value. */
  private static final int LONGEST = 150;

  static MenuChoice of(Button button) {
    MenuChoice choice = new MenuChoice(button.action(), button.value());
    if (button.action().indexOf(' ') >= 0 || choice.value().length() > LONGEST) {
      throw new IllegalArgumentException("a menu cannot hold the button " + button.action());
    }
    return choice;
  }

  /** What the option is known by. */
  String value() {
    return action + " " + argument;
  }

  /** Which button a click was on: a button itself, or an option of a menu. */
  static MenuChoice clicked(JsonNode action) {
    String name = ActionId.action(action.path("action_id").asText(""));
    if (!name.equals(ACTION)) {
      return new MenuChoice(name, action.path("value").asText(""));
    }
    String value = action.path("selected_option").path("value").asText("");
    int space = value.indexOf(' ');
    return space < 0
        ? new MenuChoice(value, "")
        : new MenuChoice(value.substring(0, space), value.substring(space + 1));
  }
}
