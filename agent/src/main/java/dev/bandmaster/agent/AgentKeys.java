package dev.bandmaster.agent;

import dev.bandmaster.config.AgentConfig;
import dev.bandmaster.config.TrustedBots;
import dev.bandmaster.wire.BotKeyRing;
import dev.bandmaster.wire.KeyFiles;
import dev.bandmaster.wire.NodeKeys;
import dev.bandmaster.wire.Reread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The keys of an agent: its own, made at the first start, and the bots' it listens to. */
final class AgentKeys {
  private static final String OWN = "node-keys.json";

  /** A line has about 200 bytes, and a node has a few of them. */
  private static final long LARGEST = 64 * 1024;

  private AgentKeys() {}

  /** The node's own keys, in its state folder. */
  static NodeKeys own(AgentConfig config) throws IOException {
    return KeyFiles.node(config.state().resolve(OWN));
  }

  /**
   * Gives the node a new key. The one before is kept beside it, so that a mistake can be undone.
   *
   * @return where the one before is now; empty if there was none
   * @throws IOException with a sentence when the file cannot be written
   */
  static Optional<Path> renew(AgentConfig config) throws IOException {
    Path file = config.state().resolve(OWN);
    Optional<Path> before = Optional.empty();
    if (Files.exists(file)) {
      KeyFiles.node(file);
      Path kept = config.state().resolve("node-keys.before.json");
      Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      before = Optional.of(kept);
    }
    KeyFiles.node(file);
    return before;
  }

  /**
   * The keys of the bots this node listens to; empty lines and lines that begin with {@code #} are
   * passed over. A file is read again when it changes.
   *
   * @throws IOException with a sentence when they cannot be read
   */
  static Supplier<BotKeyRing> bots(AgentConfig config, InstantSource clock) throws IOException {
    return switch (config.bots()) {
      case TrustedBots.Listed(List<String> listed) -> {
        BotKeyRing ring = ring(listed);
        yield () -> ring;
      }
      case TrustedBots.InFile(Path file) ->
          new Reread<>("The file of the bot's keys " + file, new RingFile(file), clock);
    };
  }

  private static BotKeyRing ring(List<String> lines) throws IOException {
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

  /** A file with one key a line. */
  private record RingFile(Path file) implements Reread.Disk<BotKeyRing> {
    /** Size and time, and the file itself, since it may be replaced by a link or a move. */
    @Override
    public Object mark() throws IOException {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return List.of(
          attributes.size(), attributes.lastModifiedTime(), String.valueOf(attributes.fileKey()));
    }

    @Override
    public BotKeyRing read() throws IOException {
      if (Files.size(file) > LARGEST) {
        throw new IOException(
            "The bot keys are not usable: %s is larger than %d bytes.".formatted(file, LARGEST));
      }
      return ring(Files.readAllLines(file));
    }
  }
}
