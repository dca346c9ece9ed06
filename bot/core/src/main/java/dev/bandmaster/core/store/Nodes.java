package dev.bandmaster.core.store;

import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.NodePublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is remembered of the nodes from one start to the next. */
public interface Nodes {

  List<Remembered> all();

  /** The keys of the nodes that are trusted. */
  Map<String, NodePublicKey> trusted();

  /** The key of one node, if it is trusted. */
  Optional<NodePublicKey> trustedKey(String node);

  /** The nodes that have been trusted by the same key since before then, the longest first. */
  List<TrustedSince> trustedBefore(Instant moment);

  /** Since when a node is trusted by the key that it has. */
  record TrustedSince(String node, Instant since) {}

  /** Tells whether {@link #trusted} has changed since it was last read, without reading it all. */
  TrustMark trustMark();

  /**
   * How many nodes are trusted, and since when the newest.
   *
   * @param newest in milliseconds since the epoch; zero for none
   */
  record TrustMark(long count, long newest) {
    public static final TrustMark NONE = new TrustMark(0, 0);
  }

  /** A node as it was last known. */
  record Remembered(
      NodeDescription description,
      long incarnation,
      long sequence,
      Instant lastSeen,
      Duration interval,
      boolean left) {}
}
