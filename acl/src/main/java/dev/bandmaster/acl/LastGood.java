package dev.bandmaster.acl;

import java.util.Optional;

/**
 * Remembers the policies that were good, over restarts and for all replicas: the newest of them is
 * the one in force.
 */
public interface LastGood {
  /** A policy's text and the name of the file it came from. */
  record Text(String name, String content) {}

  /** The one in force. */
  Optional<Text> read();

  /** The hash of the one in force; asked often. */
  default Optional<String> hash() {
    return read().map(Text::content).map(PolicyParser::hash);
  }

  /** Whether the policy with this hash was in force once, now or before. */
  default boolean wasInForce(String hash) {
    return hash().filter(hash::equals).isPresent();
  }

  /**
   * Puts this one in force for all replicas.
   *
   * @throws RuntimeException when it cannot be kept; the policy is then not used
   */
  void keep(Text text);
}
