package dev.bandmaster.engine.view;

import dev.bandmaster.plugin.Message.Button;
import java.util.ArrayList;
import java.util.List;

/** Of the buttons under a message one is red at most, or none of them would stand out. */
final class RedButtons {

  private RedButtons() {}

  /** The same buttons; the first red one stays red. */
  static List<Button> atMostOne(List<Button> buttons) {
    List<Button> calm = new ArrayList<>();
    boolean red = false;
    for (Button button : buttons) {
      boolean danger = button.style() == Button.Style.DANGER;
      calm.add(
          danger && red
              ? new Button(
                  button.action(),
                  button.value(),
                  button.label(),
                  Button.Style.PLAIN,
                  button.confirmation())
              : button);
      red |= danger;
    }
    return List.copyOf(calm);
  }
}
