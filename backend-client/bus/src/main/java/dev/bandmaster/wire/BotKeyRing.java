package dev.bandmaster.wire;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bot keys that a node trusts. Several may count at the same time: that is how keys are changed
 * without a pause. A node accepts requests under any key that counts, and writes to the bot under
 * the newest.
 */
public final class BotKeyRing {
  private final Map<String, BotPublicKeys> byId;

  /**
   * @throws IllegalArgumentException when it is empty or an id occurs twice
   */
  public BotKeyRing(List<BotPublicKeys> keys) {
    var map = new LinkedHashMap<String, BotPublicKeys>();
    for (BotPublicKeys key : keys) {
      if (map.put(key.id(), key) != null) {
        throw new IllegalArgumentException("the bot key " + key.id() + " is listed twice");
      }
    }
    if (map.isEmpty()) {
      throw new IllegalArgumentException("a node needs at least one bot key");
    }
    byId = Map.copyOf(map);
  }

  /** Reads the lines that the bot's {@code keys} command prints. */
  public static BotKeyRing parse(List<String> lines) {
    return new BotKeyRing(lines.stream().map(BotPublicKeys::parse).toList());
  }

  /** The key of that id if it counts now. */
  public Optional<BotPublicKeys> find(String id, Instant now) {
    return Optional.ofNullable(byId.get(id)).filter(key -> key.countsAt(now));
  }

  /** The key to write to the bot with: of those that count now, the one that began last. */
  public Optional<BotPublicKeys> newest(Instant now) {
    return byId.values().stream()
        .filter(key -> key.countsAt(now))
        .max(Comparator.comparing(BotPublicKeys::from).thenComparing(BotPublicKeys::id));
  }

  /** The ids. */
  @Override
  public String toString() {
    return String.join(", ", byId.keySet().stream().sorted().toList());
  }
}
