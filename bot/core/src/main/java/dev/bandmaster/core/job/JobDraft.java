package dev.bandmaster.core.job;

import dev.bandmaster.core.job.Wave.Phase;
import dev.bandmaster.plugin.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A job's state under change; lives for one call of {@link JobMachine#apply}, and is changed by
 * what nodes say ({@link NodeReportHandler}), people want ({@link JobOrders}) and by itself ({@link
 * JobProgress}).
 */
final class JobDraft {
  private final JobState before;
  final JobRules rules;
  final Instant now;
  final Map<String, NodeWork> nodes;
  final WavePlan waves;
  final List<JobEffect> effects = new ArrayList<>();
  JobStatus status;
  boolean hasSlot;
  boolean held;
  int tolerated;
  Optional<String> cancelledBy;
  Optional<Instant> resumes;
  String note;
  Optional<Instant> dispatched;

  JobDraft(JobState state, JobRules rules, Instant now) {
    this.before = state;
    this.rules = rules;
    this.now = now;
    this.nodes = new TreeMap<>(state.nodes());
    this.waves = new WavePlan(state.waves());
    this.status = state.status();
    this.hasSlot = state.hasSlot();
    this.held = state.held();
    this.tolerated = state.tolerated();
    this.cancelledBy = state.cancelledBy();
    this.resumes = state.resumes();
    this.note = state.note();
    this.dispatched = state.dispatched();
  }

  /** A node has said how it is after its work. */
  void answered(int at, String node) {
    Wave wave = waves.get(at);
    if (wave.phase() != Phase.DONE && wave.nodes().contains(node)) {
      Set<String> all = new HashSet<>(wave.answered());
      all.add(node);
      waves.set(at, wave.answeredBy(all));
    }
  }

  /** A node that did its work well and is not well afterwards has failed. */
  void unwell(int at, String node, String reason) {
    if (waves.get(at).phase() == Phase.DONE || waves.get(at).answered().contains(node)) {
      return;
    }
    answered(at, node);
    nodes.computeIfPresent(
        node,
        (name, work) ->
            work.status() == NodeStatus.OK
                ? work.with(
                    NodeStatus.FAILED,
                    "health check failed: " + reason,
                    work.data(),
                    work.latency())
                : work);
  }

  /**
   * Ends hosts that are still under way as the name that stands for them has ended: nobody will say
   * more about them.
   */
  void endWithStandIn() {
    rules
        .standIn()
        .map(nodes::get)
        .filter(end -> end.status().isFinal())
        .ifPresent(end ->
            nodes.replaceAll((name, work) ->
                work.status().isFinal() || !work.request().equals(end.request())
                    ? work
                    : end.status() == NodeStatus.OK
                        ? work.concluded(
                            NodeStatus.LOST, "its result was not reported", end.latency())
                        : work.concluded(end.status(), end.message(), end.latency())));
  }

  /** The names of the nodes that did not end well so far. */
  List<String> failed() {
    return nodes.values().stream()
        .filter(work -> work.status().isFailure())
        .map(NodeWork::node)
        .toList();
  }

  int failures() {
    return failed().size();
  }

  boolean isOver() {
    return waves.isWorkDone() && nodes.values().stream().allMatch(work -> work.status().isFinal());
  }

  JobMachine.Advanced finish() {
    return new JobMachine.Advanced(state(), effects);
  }

  private JobState state() {
    boolean over = isOver();
    Optional<Instant> ended =
        before.ended().isPresent() || !over ? before.ended() : Optional.of(now);
    return new JobState(
        over ? ending() : status,
        nodes,
        waves.all(),
        hasSlot,
        held && !over,
        tolerated,
        cancelledBy,
        over ? Optional.empty() : resumes,
        note,
        dispatched,
        ended);
  }

  private JobStatus ending() {
    long good = nodes.values().stream().filter(work -> work.status() == NodeStatus.OK).count();
    if (good == nodes.size() && good > 0) {
      return JobStatus.SUCCEEDED;
    }
    if (cancelledBy.isPresent()) {
      return JobStatus.CANCELLED;
    }
    if (good > 0) {
      return JobStatus.PARTLY_FAILED;
    }
    boolean silent =
        !nodes.isEmpty()
            && nodes.values().stream()
                .allMatch(work ->
                    work.status() == NodeStatus.NO_ANSWER || work.status() == NodeStatus.TIMEOUT);
    return silent ? JobStatus.TIMED_OUT : JobStatus.FAILED;
  }

  /** From the broker's confirm to now, or zero when the clock was set back in between. */
  Duration latency(String request) {
    int at = waves.find(request);
    Instant from = at < 0 ? now : waves.get(at).sent().orElse(now);
    Duration latency = Duration.between(from, now);
    return latency.isNegative() ? Duration.ZERO : latency;
  }
}
