package dev.bandmaster.core.job;

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
 * @param waves the requests it consists of, in their order
 * @param hasSlot whether it need not wait for other work on the same application
 * @param held whether no further wave may start until a person says so
 * @param tolerated failures that a person has looked at and gone on in spite of
 * @param cancelledBy who stopped it
 * @param resumes when the wait after a wave is over
 * @param note a sentence about the job as a whole, such as why it waits; or empty
 * @param dispatched when the broker confirmed the first wave
 * @param ended when the last expected node was done
 */
public record JobState(
    JobStatus status,
    Map<String, NodeWork> nodes,
    List<Wave> waves,
    boolean hasSlot,
    boolean held,
    int tolerated,
    Optional<String> cancelledBy,
    Optional<Instant> resumes,
    String note,
    Optional<Instant> dispatched,
    Optional<Instant> ended) {

  public JobState {
    nodes = Collections.unmodifiableMap(new TreeMap<>(nodes));
    waves = List.copyOf(waves);
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

  /** The waves with the job's own work. */
  public List<Wave> steps() {
    return waves.stream().filter(wave -> wave.kind() == Wave.Kind.WORK).toList();
  }

  /** The number of the step that is under way or was last, from 1; 0 before the first. */
  public int step() {
    return (int) steps().stream().filter(Wave::wasBegun).count();
  }

  /** The names of the nodes that did not end well. */
  public List<String> failed() {
    return nodes.values().stream()
        .filter(node -> node.status().isFailure())
        .map(NodeWork::node)
        .toList();
  }

  /** The same with another sentence about the job as a whole. */
  public JobState noted(String sentence) {
    return new JobState(
        status,
        nodes,
        waves,
        hasSlot,
        held,
        tolerated,
        cancelledBy,
        resumes,
        sentence,
        dispatched,
        ended);
  }

  /**
   * The end of a job that the bot cannot go on with: what is not known of a node counts as failed.
   *
   * @param reason a sentence for people
   */
  public JobState brokenOff(String reason, Instant now) {
    Map<String, NodeWork> closed = new TreeMap<>(nodes);
    closed.replaceAll((name, work) ->
        work.status().isFinal()
            ? work
            : work.concluded(NodeStatus.FAILED, "result unknown: internal error", work.latency()));
    boolean good = closed.values().stream().anyMatch(work -> work.status() == NodeStatus.OK);
    return new JobState(
        good ? JobStatus.PARTLY_FAILED : JobStatus.FAILED,
        closed,
        waves.stream().map(wave -> wave.in(Wave.Phase.DONE)).toList(),
        hasSlot,
        false,
        tolerated,
        cancelledBy,
        Optional.empty(),
        reason,
        dispatched,
        Optional.of(now));
  }
}
