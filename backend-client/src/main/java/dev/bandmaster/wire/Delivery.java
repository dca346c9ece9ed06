package dev.bandmaster.wire;

/** What becomes of a request for a node that is away. */
public enum Delivery {
  /** The asker is told at once that nobody listens; nothing waits. */
  LIVE,
  /** It waits in the node's inbox until {@link Request#ttl()} has passed. */
  QUEUE
}
