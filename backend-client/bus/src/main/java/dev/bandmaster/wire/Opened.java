package dev.bandmaster.wire;

import dev.bandmaster.model.RejectedMessage;

/** What the bot made of a message from a node. */
public sealed interface Opened<T> {
  /** Signed by the node that it names, and every hint around it agrees. */
  record Trusted<T>(T content) implements Opened<T> {}

  /** Dropped. */
  record Dropped<T>(RejectedMessage rejected) implements Opened<T> {}
}
