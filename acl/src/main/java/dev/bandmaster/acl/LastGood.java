package dev.bandmaster.acl;

import java.util.Optional;

/** Remembers the last policy that was good, over restarts. */
public interface LastGood {
  /** A policy's text and the name of the file it came from. */
  record Text(String name, String content) {}

  Optional<Text> read();

  /**
   * Replaces what was kept before.
   *
   * @throws RuntimeException when it cannot be kept; the policy is then not used
   */
  void keep(Text text);
}
