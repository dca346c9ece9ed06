package dev.bandmaster.bot.job;

import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.NodeStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The part of a job that changes.
 *
 * @param status how far it has come
 * @param nodes each node's part, sorted by name
 * @param note a sentence about the job as a whole, such as why it waits; or empty
 * @param dispatched when the broker confirmed it
 * @param ended when the last expected node was done or the deadline passed
 */
public record JobState(
    JobStatus status,
    Map<String, NodeWork> nodes,
    String note,
    Optional<Instant> dispatched,
    Optional<Instant> ended) {

  public JobState {
    nodes = Collections.unmodifiableMap(new TreeMap<>(nodes));
  }

  /** A job whose nodes have not been told yet. */
  public static JobState queued(List<String> expected) {
    Map<String, NodeWork> nodes = new TreeMap<>();
    expected.forEach(node -> nodes.put(node, NodeWork.waiting(node)));
    return new JobState(JobStatus.QUEUED, nodes, "", Optional.empty(), Optional.empty());
  }

  public List<NodeOutcome> outcomes() {
    return nodes.values().stream().map(NodeWork::outcome).toList();
  }

  /** How many nodes have this status. */
  public long count(NodeStatus status) {
    return nodes.values().stream().filter(node -> node.status() == status).count();
  }

  /** How many nodes are done, whatever the end. */
  public long done() {
    return nodes.values().stream().filter(node -> node.status().isFinal()).count();
  }
}
