package dev.bandmaster.engine.view;

import dev.bandmaster.plugin.Planned.Reach;

/** How many nodes work is for, in words. */
public final class ReachText {
  private static final String UNKNOWN = "hosts that its backend chooses";

  private ReachText() {}

  /** As in {@code 8 nodes}. */
  public static String of(Reach reach) {
    int nodes = reach.nodes().size();
    return isUnknown(reach) ? UNKNOWN : "%d node%s".formatted(nodes, nodes == 1 ? "" : "s");
  }

  /** As in {@code 8}, behind the nodes' names. */
  public static String bare(Reach reach) {
    return isUnknown(reach) ? UNKNOWN : Integer.toString(reach.nodes().size());
  }

  private static boolean isUnknown(Reach reach) {
    return reach instanceof Reach.ChosenByBackend(String _, boolean one) && !one;
  }
}
