package dev.bandmaster.model;

import java.util.Optional;

/**
 * Which nodes the bot trusts, and by which key. Asked for every message: answer from memory. Any
 * thread.
 */
@FunctionalInterface
public interface NodeDirectory {
  /** The key of an enrolled node; empty when the node is not (or no longer) enrolled. */
  Optional<NodePublicKey> keyOf(String node);
}
