package dev.bandmaster.engine.fleet;

import dev.bandmaster.model.NodePublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The keys of nodes that ask to be trusted, in memory. Whoever reaches the broker can ask, so a
 * name has a bounded number of keys and the whole list a bounded number of names: what came first
 * stays, since a later one must not push out what an operator is reading. Any thread.
 */
final class WaitingNodes {
  /** Keys kept of one name; a broker user that has its own rights can ask under one name only. */
  static final int MOST_KEYS = 4;

  /** Names kept. */
  static final int MOST_NAMES = 1_000;

  private final Map<String, Map<String, NodePublicKey>> keys = new TreeMap<>();
  private long refused;

  /** What became of a key that was shown. */
  enum Added {
    /** The only one of its name. */
    FIRST,
    /** Another key of its name waits. */
    CONFLICT,
    /** Waits already. */
    KNOWN,
    /** Its name has too many keys. */
    TOO_MANY_KEYS,
    /** Too many names wait. */
    FULL
  }

  synchronized Added add(String node, NodePublicKey key) {
    Map<String, NodePublicKey> shown = keys.get(node);
    if (shown == null) {
      if (keys.size() >= MOST_NAMES) {
        refused++;
        return Added.FULL;
      }
      keys.put(node, new LinkedHashMap<>(Map.of(key.fingerprint(), key)));
      return Added.FIRST;
    }
    if (shown.containsKey(key.fingerprint())) {
      return Added.KNOWN;
    }
    if (shown.size() >= MOST_KEYS) {
      refused++;
      return Added.TOO_MANY_KEYS;
    }
    shown.put(key.fingerprint(), key);
    return Added.CONFLICT;
  }

  /** The keys that were shown under a name, in their order. */
  synchronized List<NodePublicKey> of(String node) {
    return List.copyOf(keys.getOrDefault(node, Map.of()).values());
  }

  /** The key with this fingerprint, if it was shown under this name. */
  synchronized Optional<NodePublicKey> find(String node, String fingerprint) {
    return Optional.ofNullable(keys.getOrDefault(node, Map.of()).get(fingerprint));
  }

  /** Forgets one key. */
  synchronized void remove(String node, NodePublicKey key) {
    Map<String, NodePublicKey> shown = keys.get(node);
    if (shown != null) {
      shown.remove(key.fingerprint());
      if (shown.isEmpty()) {
        forget(node);
      }
    }
  }

  /** Forgets all keys of a name; whether there was one. */
  synchronized boolean removeAll(String node) {
    boolean waited = keys.containsKey(node);
    forget(node);
    return waited;
  }

  /** Forgets all names that match; which these are. */
  synchronized List<String> removeIf(Predicate<String> matches) {
    List<String> gone = keys.keySet().stream().filter(matches).toList();
    gone.forEach(this::forget);
    return gone;
  }

  private void forget(String node) {
    keys.remove(node);
    if (keys.isEmpty()) {
      refused = 0;
    }
  }

  /** Each key that waits, sorted by the node's name. */
  synchronized List<Map.Entry<String, NodePublicKey>> all() {
    List<Map.Entry<String, NodePublicKey>> all = new ArrayList<>();
    keys.forEach((node, shown) -> shown.values().forEach(key -> all.add(Map.entry(node, key))));
    return List.copyOf(all);
  }

  /** How many keys were shown and not kept since the list was last empty. */
  synchronized long refused() {
    return refused;
  }
}
