package dev.bandmaster.engine.view;

import dev.bandmaster.model.NodeSet;
import dev.bandmaster.plugin.Planned.Difference;
import java.util.List;

/** What would change, in lines: {@code web[1-3]: 1.4.1 → 1.4.2}. */
public final class DifferenceText {

  /** More different versions than anybody has. */
  private static final int MOST_LINES = 10;

  private DifferenceText() {}

  public static List<String> of(List<Difference> differences) {
    return differences.stream().limit(MOST_LINES).map(DifferenceText::line).toList();
  }

  private static String line(Difference difference) {
    String nodes = NodeSet.fold(difference.nodes());
    String from = difference.from().isEmpty() ? "nothing" : difference.from();
    return difference.from().equals(difference.to())
        ? "%s: %s already".formatted(nodes, difference.to())
        : "%s: %s → %s".formatted(nodes, from, difference.to());
  }
}
