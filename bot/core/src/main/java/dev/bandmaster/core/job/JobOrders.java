package dev.bandmaster.core.job;

import dev.bandmaster.core.job.Wave.Kind;
import dev.bandmaster.core.job.Wave.Phase;
import dev.bandmaster.plugin.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What people want of a job. */
final class JobOrders {
  private final JobDraft draft;

  JobOrders(JobDraft draft) {
    this.draft = draft;
  }

  void approved() {
    if (draft.status == JobStatus.AWAITING_APPROVAL) {
      draft.status = JobStatus.QUEUED;
    }
  }

  void declined(String by, String reason) {
    boolean notBegun = draft.status == JobStatus.QUEUED && !draft.hasSlot;
    if (draft.status == JobStatus.AWAITING_APPROVAL || notBegun) {
      abandonRest(by);
      draft.note = reason;
    }
  }

  void pause(String by) {
    if (!draft.status.isFinal() && draft.waves.hasBegun() && draft.waves.hasPlannedWork()) {
      draft.held = true;
      draft.note = "Paused by " + by + ".";
    }
  }

  void resume() {
    if (draft.held) {
      draft.held = false;
      draft.tolerated = draft.failures();
      draft.note = "";
    }
  }

  void retryFailed(List<String> requests) {
    List<String> failed = draft.failed();
    if (draft.status != JobStatus.PAUSED
        || failed.isEmpty()
        || requests.stream().anyMatch(request -> draft.waves.find(request) >= 0)) {
      return;
    }
    int at = draft.waves.firstPlanned();
    int taken = 0;
    for (String request : requests) {
      List<String> step =
          failed.subList(taken, Math.min(taken + Math.max(draft.rules.widest(), 1), failed.size()));
      if (!step.isEmpty()) {
        draft.waves.insert(at++, Wave.planned(request, Kind.WORK, step));
        taken += step.size();
      }
    }
    failed
        .subList(0, taken)
        .forEach(node ->
            draft.nodes.computeIfPresent(node, (name, work) -> work.turn("", work.lastSeen())));
    draft.held = false;
    draft.resumes = Optional.empty();
    draft.note = "";
  }

  void cancel(String by, String request) {
    if (draft.status.isFinal() || draft.cancelledBy.isPresent()) {
      return;
    }
    Optional<Wave> running = draft.waves.workUnderWay();
    abandonRest(by);
    draft.note = "Cancelled by " + by + ".";
    if (running.isEmpty()) {
      return;
    }
    List<String> open =
        draft.nodes.values().stream()
            .filter(work -> !work.status().isFinal())
            .map(NodeWork::node)
            .toList();
    Instant until = draft.now.plus(JobRules.STOPPING);
    int at = draft.waves.find(running.get().request());
    if (running.get().deadline().filter(until::isBefore).isPresent()) {
      draft.waves.set(at, running.get().until(until));
    }
    Wave order = Wave.planned(request, Kind.CANCEL, open).sending(open, until);
    draft.waves.insert(at + 1, order);
    draft.effects.add(new JobEffect.Send(order));
  }

  /** Nodes whose turn has not come will not have one. */
  void abandonRest(String by) {
    draft.cancelledBy = Optional.of(by);
    draft.held = false;
    draft.resumes = Optional.empty();
    if (draft.status == JobStatus.AWAITING_APPROVAL) {
      draft.status = JobStatus.QUEUED;
    }
    Set<String> underWay = new HashSet<>();
    for (int i = 0; i < draft.waves.size(); i++) {
      Wave wave = draft.waves.get(i);
      if (wave.phase() == Phase.PLANNED || (wave.isUnderWay() && wave.kind() == Kind.CHECK)) {
        draft.waves.set(i, wave.in(Phase.DONE));
      } else if (wave.isUnderWay()) {
        underWay.addAll(wave.nodes());
      }
    }
    draft.nodes.replaceAll((name, work) ->
        work.status().isFinal() || underWay.contains(name) || work.status() == NodeStatus.RUNNING
            ? work
            : work.concluded(NodeStatus.CANCELLED, "not started", Duration.ZERO));
  }
}
