package dev.bandmaster.engine.home;

import dev.bandmaster.plugin.Text;
import java.util.List;

/** What is wrong with the fleet at this moment. Asked often, so it answers from memory. */
@FunctionalInterface
public interface OpenAlerts {

  /** A line for each alert that is open, the worst first. */
  List<Text> lines();
}
