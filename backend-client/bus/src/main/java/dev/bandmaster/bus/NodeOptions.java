package dev.bandmaster.bus;

import java.util.Set;

/**
 * What a node listens to beside broadcasts and requests for itself.
 *
 * @param inbox whether work may wait for the node while it is away
 * @param services the capabilities of which it takes any-one work, a request at a time
 */
public record NodeOptions(boolean inbox, Set<String> services) {
  /** An inbox and no services. */
  public static final NodeOptions USUAL = new NodeOptions(true, Set.of());

  public NodeOptions {
    services = Set.copyOf(services);
  }
}
