package dev.bandmaster.engine.view;

import dev.bandmaster.model.NodeSet;
import java.util.List;
import java.util.Optional;

/** Names the nodes that a plan leaves out because nothing is known of them yet. */
public final class LeftOutText {
  private LeftOutText() {}

  /** A sentence, or empty where nobody is left out. */
  public static Optional<String> of(List<String> nodes) {
    return switch (nodes.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(nodes.getFirst() + " is left out: it has not described itself yet.");
      default ->
          Optional.of(
              "%s (%d) are left out: they have not described themselves yet."
                  .formatted(JobRenderer.shortened(NodeSet.fold(nodes)), nodes.size()));
    };
  }
}
