package dev.bandmaster.bot.node;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One node: what was heard of it, what was concluded, and when silence would become a failure.
 *
 * @param applications what it runs, as far as it has described itself
 * @param deadline when it counts as down unless it is heard before; for a node that was never
 *     heard, when people are told
 */
public record NodeLife(
    String node,
    String environment,
    SortedSet<String> applications,
    Sign sign,
    Instant deadline,
    Standing standing) {
  public NodeLife {
    applications = Collections.unmodifiableSortedSet(new TreeSet<>(applications));
  }

  /** A node that is heard for the first time; nothing of it is known yet. */
  static NodeLife stranger(String node, String environment, Instant now) {
    return new NodeLife(node, environment, new TreeSet<>(), Sign.NONE, now, Standing.begin(now));
  }

  /**
   * A node that should be there.
   *
   * @param grace how long it may take to come before somebody is told
   */
  public static NodeLife expected(String node, Instant now, Duration grace) {
    return new NodeLife(node, "", new TreeSet<>(), Sign.NONE, now.plus(grace), Standing.begin(now));
  }

  public NodeState state() {
    return standing.state();
  }

  /** Whether anything was heard since the node came into its state. */
  boolean isHeardSince() {
    return sign.heard().isAfter(standing.since());
  }

  NodeLife with(Standing other) {
    return new NodeLife(node, environment, applications, sign, deadline, other);
  }

  NodeLife with(Sign other) {
    return new NodeLife(node, environment, applications, other, deadline, standing);
  }

  NodeLife until(Instant other) {
    return new NodeLife(node, environment, applications, sign, other, standing);
  }

  NodeLife at(String where, Collection<String> running) {
    SortedSet<String> names = new TreeSet<>(running);
    return new NodeLife(node, where, names, sign, deadline, standing);
  }
}
