package dev.bandmaster.engine.fleet;

/** Receives what operators have to decide about nodes that ask to be trusted. Each once per key. */
@FunctionalInterface
public interface EnrolmentListener {
  /** A node whose name is not trusted has shown its key. */
  void asks(String node, String fingerprint);

  /** A second key was shown under a name that waits. */
  default void conflicts(String node, String fingerprint) {
    asks(node, fingerprint);
  }

  /**
   * A key was shown under the name of a node that is trusted by another key.
   *
   * @param trusted fingerprint of the key by which it is trusted
   */
  default void wantsToReplace(String node, String trusted, String fingerprint) {
    asks(node, fingerprint);
  }

  /**
   * A node whose name is not trusted has shown its key with a token that does not let it in; it
   * waits like one without.
   *
   * @param reason the rest of a sentence about the token
   */
  default void tokenRefused(String node, String fingerprint, String reason) {
    asks(node, fingerprint);
  }

  /** The list is full; said once until it was empty. */
  default void full(int names) {}
}
