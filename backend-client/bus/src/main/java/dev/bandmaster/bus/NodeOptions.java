package dev.bandmaster.bus;

import java.util.Optional;
import java.util.Set;

/**
 * What a node listens to beside broadcasts and requests for itself, and how it asks to be trusted.
 *
 * @param inbox whether work may wait for the node while it is away
 * @param services the capabilities of which it takes any-one work, a request at a time
 * @param enrolmentToken what lets it in without a person, if it was given one
 */
public record NodeOptions(boolean inbox, Set<String> services, Optional<String> enrolmentToken) {
  /** An inbox and no services. */
  public static final NodeOptions USUAL = new NodeOptions(true, Set.of());

  public NodeOptions {
    services = Set.copyOf(services);
  }

  /** A node that was given no token. */
  public NodeOptions(boolean inbox, Set<String> services) {
    this(inbox, services, Optional.empty());
  }

  /** The same with a token, if there is one. */
  public NodeOptions withToken(Optional<String> token) {
    return new NodeOptions(inbox, services, token);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "NodeOptions[inbox=%s, services=%s]".formatted(inbox, services);
  }
}
