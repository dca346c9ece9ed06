package dev.bandmaster.core.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One node: what was seen of it, what was concluded, and when silence would become a failure.
 *
 * @param applications what it runs, as far as it has described itself
 * @param deadline when it counts as down unless it is seen before; for a node that was never seen,
 *     when people are notified
 */
public record NodeRecord(
    String node,
    String environment,
    SortedSet<String> applications,
    LastSeen lastSeen,
    Instant deadline,
    NodeHealth standing) {
  public NodeRecord {
    applications = Collections.unmodifiableSortedSet(new TreeSet<>(applications));
  }

  /** A node that is seen for the first time; nothing of it is known yet. */
  static NodeRecord stranger(String node, String environment, Instant now) {
    return new NodeRecord(
        node, environment, new TreeSet<>(), LastSeen.NONE, now, NodeHealth.begin(now));
  }

  /**
   * A node that should be there.
   *
   * @param grace how long it may take to come before somebody is notified
   */
  public static NodeRecord expected(String node, Instant now, Duration grace) {
    return new NodeRecord(
        node, "", new TreeSet<>(), LastSeen.NONE, now.plus(grace), NodeHealth.begin(now));
  }

  public NodeState state() {
    return standing.state();
  }

  /** Whether anything was seen since the node came into its state. */
  boolean isSeenSince() {
    return lastSeen.at().isAfter(standing.since());
  }

  NodeRecord with(NodeHealth other) {
    return new NodeRecord(node, environment, applications, lastSeen, deadline, other);
  }

  NodeRecord with(LastSeen other) {
    return new NodeRecord(node, environment, applications, other, deadline, standing);
  }

  NodeRecord until(Instant other) {
    return new NodeRecord(node, environment, applications, lastSeen, other, standing);
  }

  NodeRecord at(String where, Collection<String> running) {
    SortedSet<String> names = new TreeSet<>(running);
    return new NodeRecord(node, where, names, lastSeen, deadline, standing);
  }
}
