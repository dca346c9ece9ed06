package dev.bandmaster.engine.fleet;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Nodes.TrustMark;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.model.EnrolledNodes;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.NodeDirectory;
import dev.bandmaster.model.NodePublicKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which nodes are trusted. A node shows its key; in manual mode a person compares the
 * fingerprint and accepts it, in automatic mode the first key shown under a name is taken. A
 * trusted node's key is never replaced by itself.
 */
public final class Enrolments {
  private static final Logger LOG = LoggerFactory.getLogger(Enrolments.class);

  /** Anyone who reaches the broker can ask; more names than this are not remembered. */
  private static final int MOST_WAITING = 1_000;

  private final Store store;
  private final boolean automatic;
  private final InstantSource clock;
  private final BiConsumer<String, String> announce;
  private final EnrolledNodes trusted = new EnrolledNodes();
  private final Map<String, NodePublicKey> waiting = new ConcurrentHashMap<>();
  private final Map<String, String> environments = new ConcurrentHashMap<>();
  private volatile TrustMark seen = TrustMark.NONE;

  /**
   * Takes up the trust of earlier starts.
   *
   * @param announce receives the name and the fingerprint of each node that waits, once per key
   */
  public Enrolments(
      Store store, boolean automatic, InstantSource clock, BiConsumer<String, String> announce) {
    this.store = store;
    this.automatic = automatic;
    this.clock = clock;
    this.announce = announce;
    store.nodes().trusted().forEach(trusted::accept);
    if (automatic) {
      LOG.warn(
          "Enrollment is automatic: every node that reaches the broker is trusted. For demos only.");
    }
  }

  /** Takes in what another replica has accepted or forgotten meanwhile. */
  public void refresh() {
    Map<String, NodePublicKey> newest = store.nodes().trusted();
    newest.forEach((node, key) -> {
      trusted.accept(node, key);
      waiting.remove(node, key);
    });
    trusted.names().stream().filter(node -> !newest.containsKey(node)).forEach(trusted::forget);
  }

  /**
   * Takes in what another replica has accepted or forgotten, if anything has changed; costs one
   * small question.
   *
   * @return whether a node is trusted that was not before
   */
  boolean refreshIfChanged() {
    TrustMark newest = store.nodes().trustMark();
    if (newest.equals(seen)) {
      return false;
    }
    Set<String> before = trusted.names();
    refresh();
    seen = newest;
    return !before.containsAll(trusted.names());
  }

  /** The names of the nodes that are trusted. */
  Set<String> names() {
    return trusted.names();
  }

  boolean isTrusted(String node) {
    return trusted.keyOf(node).isPresent();
  }

  /** Where a node has said that it is when it asked to be trusted; empty if it did not ask here. */
  public Optional<String> environment(String node) {
    return Optional.ofNullable(environments.get(node));
  }

  /** The keys to check messages with. */
  public NodeDirectory directory() {
    return trusted;
  }

  /**
   * A node asks to be trusted.
   *
   * @return whether it is newly trusted, and should be asked to describe itself
   */
  public boolean ask(Enrolment enrolment) {
    String node = enrolment.stamp().node();
    NodePublicKey key = enrolment.key();
    if (environments.size() < MOST_WAITING || environments.containsKey(node)) {
      environments.put(node, enrolment.stamp().env());
    }
    Optional<NodePublicKey> known = trusted.keyOf(node);
    if (known.filter(key::equals).isPresent()) {
      return false;
    }
    if (known.isEmpty() && automatic) {
      trust(node, key);
      return true;
    }
    if (waiting.size() < MOST_WAITING && !key.equals(waiting.put(node, key))) {
      LOG.info("{} asks to join, fingerprint {}", node, key.fingerprint());
      announce.accept(node, key.fingerprint());
    }
    return false;
  }

  /** Accepts a node that waits, by the key it has shown; empty if it does not wait. */
  public Optional<NodePublicKey> accept(String node) {
    Optional<NodePublicKey> key = Optional.ofNullable(waiting.remove(node));
    key.ifPresent(shown -> trust(node, shown));
    return key;
  }

  private void trust(String node, NodePublicKey key) {
    store.commit(new Change.TrustNode(node, key, clock.instant()));
    trusted.accept(node, key);
  }

  /** Lets a node that waits go away; it may ask again. */
  public boolean reject(String node) {
    return waiting.remove(node) != null;
  }

  /** Trusts a node no longer, and forgets all about it. */
  public boolean forget(String node) {
    boolean known = trusted.keyOf(node).isPresent();
    environments.remove(node);
    store.commit(new Change.DistrustNode(node));
    trusted.forget(node);
    return known;
  }

  /** Names and fingerprints of the nodes that wait, sorted by name. */
  public List<Map.Entry<String, String>> waiting() {
    return waiting.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> Map.entry(entry.getKey(), entry.getValue().fingerprint()))
        .toList();
  }
}
