package dev.bandmaster.agent;

import dev.bandmaster.config.AgentConfig;
import dev.bandmaster.config.TrustedBots;
import dev.bandmaster.wire.BotKeyRing;
import dev.bandmaster.wire.KeyFiles;
import dev.bandmaster.wire.NodeKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The keys of an agent: its own, made at the first start, and the bots' it listens to. */
final class AgentKeys {

  private AgentKeys() {}

  /** The node's own keys, in its state folder. */
  static NodeKeys own(AgentConfig config) throws IOException {
    return KeyFiles.node(config.state().resolve("node-keys.json"));
  }

  /**
   * The keys of the bots this node listens to; empty lines and lines that begin with {@code #} are
   * passed over.
   *
   * @throws IOException with a sentence when they cannot be read
   */
  static BotKeyRing bots(AgentConfig config) throws IOException {
    List<String> lines =
        switch (config.bots()) {
          case TrustedBots.Listed(List<String> listed) -> listed;
          case TrustedBots.InFile(Path file) -> Files.readAllLines(file);
        };
    try {
      return BotKeyRing.parse(
          lines.stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .toList());
    } catch (IllegalArgumentException e) {
      throw new IOException("The bot keys are not usable: " + e.getMessage() + ".", e);
    }
  }
}
