package dev.bandmaster.testfleet;

import dev.bandmaster.model.NodeDescription;
import java.util.Map;
import java.util.Optional;

/**
 * An emulated node as it is at the moment.
 *
 * @param description what it tells about itself, the current version of each app included
 * @param previous the version of an app before the current one, where there was one
 */
public record EmulatedNode(NodeDescription description, Map<String, String> previous) {
  public EmulatedNode {
    previous = Map.copyOf(previous);
  }

  public String node() {
    return description.node();
  }

  /** The current version of an app that this node has. */
  Optional<String> current(String app) {
    return Optional.ofNullable(description.apps().get(app));
  }
}
