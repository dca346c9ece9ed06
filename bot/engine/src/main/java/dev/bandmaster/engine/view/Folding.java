package dev.bandmaster.engine.view;

import dev.bandmaster.core.job.NodeWork;
import dev.bandmaster.model.NodeSet;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Presenter;
import java.util.ArrayList;
import java.util.Collection;
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
   * @param example one of them
   */
  record Fold(NodeStatus status, String nodes, int count, String text, NodeWork example) {}

  /** The text alone would not do: of long output it holds the two ends only. */
  private record Key(NodeStatus status, String text, long length, long fingerprint) {}

  static List<Fold> fold(Collection<NodeWork> nodes, Presenter presenter) {
    Map<Key, List<NodeWork>> groups = new LinkedHashMap<>();
    for (NodeWork work : nodes) {
      String text = presenter.describe(work.outcome()).strip();
      boolean whole = work.output().isWhole();
      Key key =
          new Key(
              work.status(),
              text,
              whole ? 0 : work.output().length(),
              whole ? 0 : work.output().fingerprint());
      groups.computeIfAbsent(key, fresh -> new ArrayList<>()).add(work);
    }
    return groups.entrySet().stream()
        .map(group ->
            new Fold(
                group.getKey().status(),
                NodeSet.fold(group.getValue().stream().map(NodeWork::node).toList()),
                group.getValue().size(),
                group.getKey().text(),
                group.getValue().getFirst()))
        .sorted(
            Comparator.comparingInt((Fold fold) -> rank(fold.status()))
                .thenComparing(Comparator.comparingInt(Fold::count).reversed())
                .thenComparing(Fold::nodes))
        .toList();
  }

  private static int rank(NodeStatus status) {
    if (status == NodeStatus.NO_ANSWER || status == NodeStatus.CANCELLED) {
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
