package dev.bandmaster.bot.work;

import dev.bandmaster.plugin.Planned.Difference;
import dev.bandmaster.wire.NodeSet;
import java.util.List;

/** What would change, in lines: {@code web[1-3]: 1.4.1 → 1.4.2}. */
public final class DifferenceWords {

  /** More different versions than anybody has. */
  private static final int MOST_LINES = 10;

  private DifferenceWords() {}

  public static List<String> of(List<Difference> differences) {
    return differences.stream().limit(MOST_LINES).map(DifferenceWords::line).toList();
  }

  private static String line(Difference difference) {
    String nodes = NodeSet.fold(difference.nodes());
    String from = difference.from().isEmpty() ? "nothing" : difference.from();
    return difference.from().equals(difference.to())
        ? "%s: %s already".formatted(nodes, difference.to())
        : "%s: %s → %s".formatted(nodes, from, difference.to());
  }
}
