package dev.bandmaster.bot.work;

import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.wire.NodeSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts nodes that say the same together: failures first, then the larger groups. */
final class Folding {
  private Folding() {}

  /**
   * Nodes that are equally far and say the same.
   *
   * @param nodes their names in node-set notation
   * @param count how many they are
   * @param text what they say; may be empty
   */
  record Fold(NodeStatus status, String nodes, int count, String text) {}

  private record Key(NodeStatus status, String text) {}

  static List<Fold> fold(List<NodeOutcome> outcomes, Presenter presenter) {
    Map<Key, List<String>> groups = new LinkedHashMap<>();
    for (NodeOutcome outcome : outcomes) {
      Key key = new Key(outcome.status(), presenter.describe(outcome).strip());
      groups.computeIfAbsent(key, fresh -> new ArrayList<>()).add(outcome.node());
    }
    return groups.entrySet().stream()
        .map(group ->
            new Fold(
                group.getKey().status(),
                NodeSet.fold(group.getValue()),
                group.getValue().size(),
                group.getKey().text()))
        .sorted(
            Comparator.comparingInt((Fold fold) -> rank(fold.status()))
                .thenComparing(Comparator.comparingInt(Fold::count).reversed())
                .thenComparing(Fold::nodes))
        .toList();
  }

  private static int rank(NodeStatus status) {
    if (status == NodeStatus.NO_ANSWER) {
      return 1;
    }
    if (status.isFailure()) {
      return 0;
    }
    return switch (status) {
      case RUNNING -> 2;
      case OK -> 3;
      default -> 4;
    };
  }
}
