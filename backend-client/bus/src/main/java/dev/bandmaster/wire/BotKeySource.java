package dev.bandmaster.wire;

import java.util.List;
import java.util.Optional;

/**
 * The keys that a bot holds, as they are at this moment. Asked for every message: answer from
 * memory. Any thread.
 */
public interface BotKeySource {
  /** The keys that sign requests now; empty if none counts today. */
  Optional<BotKeys> signing();

  /** The keys of that id, if messages that nodes write under them are still taken. */
  Optional<BotKeys> find(String id);

  /** Keys that never change; the first signs whatever the time is. */
  static BotKeySource of(List<BotKeys> keys) {
    BotKeys first = keys.getFirst();
    List<BotKeys> all = List.copyOf(keys);
    return new BotKeySource() {
      @Override
      public Optional<BotKeys> signing() {
        return Optional.of(first);
      }

      @Override
      public Optional<BotKeys> find(String id) {
        return all.stream().filter(key -> key.id().equals(id)).findFirst();
      }
    };
  }
}
