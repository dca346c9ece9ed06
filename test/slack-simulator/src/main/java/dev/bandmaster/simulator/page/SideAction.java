package dev.bandmaster.simulator.page;

import java.util.function.Supplier;

/**
 * A button at the side of the page with which the embedding program lets people do something that
 * is not Slack's, such as stopping a server.
 *
 * @param id names the button; letters, digits and dashes
 * @param label what the button says; asked again each time the page is drawn
 * @param state a short text beside it, empty for none; asked again each time the page is drawn
 * @param action what it does; runs on a thread of its own and may take its time
 */
public record SideAction(
    String id, Supplier<String> label, Supplier<String> state, Runnable action) {
  public SideAction {
    if (!id.matches("[A-Za-z0-9-]+")) {
      throw new IllegalArgumentException(
          "The id '" + id + "' of a side action may contain only letters, digits and dashes.");
    }
  }

  /** A button with a fixed label and no state. */
  public static SideAction of(String id, String label, Runnable action) {
    return new SideAction(id, () -> label, () -> "", action);
  }
}
