package dev.bandmaster.engine.home;

import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Text;
import java.util.List;
import java.util.Optional;

/** What is wrong with the fleet at this moment. Asked often, so it answers from memory. */
@FunctionalInterface
public interface OpenAlerts {

  /** A line for each alert that is open, the worst first. */
  List<Line> lines();

  /**
   * An alert, or what is silenced.
   *
   * @param acknowledge the button of an alert that nobody has acknowledged
   */
  record Line(Text text, Optional<Button> acknowledge) {
    /** A line without a button. */
    public static Line of(Text text) {
      return new Line(text, Optional.empty());
    }
  }
}
