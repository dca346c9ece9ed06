package dev.bandmaster.engine.fleet;

import dev.bandmaster.model.NodePublicKey;

/** What became of the wish to trust a node by a key. */
public sealed interface Acceptance {
  /** It is trusted now, by this key and no other. */
  record Accepted(NodePublicKey key) implements Acceptance {}

  /** No such key waits under this name. */
  record NotWaiting() implements Acceptance {}

  /** The name is trusted by another key, which has to be replaced on purpose. */
  record AlreadyTrusted(NodePublicKey by) implements Acceptance {}

  /** There is nothing to replace: the name is not trusted. */
  record NotTrusted() implements Acceptance {}
}
