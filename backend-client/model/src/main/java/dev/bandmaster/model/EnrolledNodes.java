package dev.bandmaster.model;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A directory of trusted nodes in memory. Any thread. */
public final class EnrolledNodes implements NodeDirectory {
  private final Map<String, NodePublicKey> keys = new ConcurrentHashMap<>();

  @Override
  public Optional<NodePublicKey> keyOf(String node) {
    return Optional.ofNullable(keys.get(node));
  }

  /** Trusts a node by this key from now on, instead of any earlier key. */
  public void accept(String node, NodePublicKey key) {
    keys.put(NodeName.require(node), key);
  }

  /**
   * Trusts a node unless another key is already trusted under its name: what "automatic enrolment"
   * means in a demo.
   *
   * @return whether the node is now trusted by this key
   */
  public boolean acceptFirst(Enrolment enrolment) {
    NodePublicKey trusted = keys.putIfAbsent(enrolment.stamp().node(), enrolment.key());
    return trusted == null || trusted.equals(enrolment.key());
  }

  /** Trusts the node no longer. */
  public void forget(String node) {
    keys.remove(node);
  }

  /** The names of the nodes that are currently trusted. */
  public Set<String> names() {
    return Set.copyOf(keys.keySet());
  }

  public int size() {
    return keys.size();
  }
}
