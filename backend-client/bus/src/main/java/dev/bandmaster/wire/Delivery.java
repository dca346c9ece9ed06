package dev.bandmaster.wire;

import dev.bandmaster.model.WireNamed;

/** What becomes of a request for a node that is away. */
public enum Delivery implements WireNamed {
  /** The caller learns at once that no node listens; nothing waits. */
  LIVE("live"),
  /** It waits in the node's inbox until {@link Request#ttl()} has passed. */
  QUEUE("queue");

  private final String wireName;

  Delivery(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
