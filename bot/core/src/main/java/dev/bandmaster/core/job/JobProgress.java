package dev.bandmaster.core.job;

import dev.bandmaster.core.job.Wave.Kind;
import dev.bandmaster.core.job.Wave.Phase;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Spans;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a job goes on by itself: waves that are complete, waves whose turn it is, time. */
final class JobProgress {
  private final JobDraft draft;

  JobProgress(JobDraft draft) {
    this.draft = draft;
  }

  // --- Whether it may begin ---

  void slotTaken() {
    draft.hasSlot = true;
    draft.note = "";
  }

  void blocked(String reason) {
    if (isWaiting()) {
      draft.note = reason;
    }
  }

  void unapproved(String reason) {
    if (isWaiting()) {
      draft.status = JobStatus.AWAITING_APPROVAL;
      draft.note = reason;
    }
  }

  private boolean isWaiting() {
    return draft.status == JobStatus.QUEUED && !draft.hasSlot;
  }

  // --- Time ---

  /** Nobody was silent while nobody listened. */
  void takenUp() {
    draft.nodes.replaceAll(
        (name, work) -> work.status() == NodeStatus.RUNNING ? work.lastSeenAt(draft.now) : work);
  }

  void timePassed() {
    for (int i = 0; i < draft.waves.size(); i++) {
      Wave wave = draft.waves.get(i);
      if (wave.isUnderWay() && wave.deadline().filter(draft.now::isBefore).isEmpty()) {
        expired(i, wave);
      }
    }
    draft.nodes.replaceAll((name, work) ->
        work.status() == NodeStatus.RUNNING
                && work.lostAt().filter(when -> !draft.now.isBefore(when)).isPresent()
            ? work.concluded(
                NodeStatus.LOST,
                "no heartbeat for " + Spans.words(Duration.between(work.lastSeen(), draft.now)),
                draft.latency(work.request()))
            : work);
    draft.endWithStandIn();
  }

  private void expired(int at, Wave wave) {
    switch (wave.kind()) {
      case WORK ->
          draft.nodes.replaceAll((name, work) ->
              !work.status().isFinal() && work.request().equals(wave.request())
                  ? work.concluded(NodeStatus.NO_ANSWER, "", draft.latency(wave.request()))
                  : work);
      case CHECK ->
          wave.nodes()
              .forEach(node -> draft.unwell(at, node, "did not answer the health check in time"));
      case CANCEL -> {}
    }
    draft.waves.set(at, draft.waves.get(at).in(Phase.DONE));
  }

  // --- Waves ---

  /** Closes what is complete and starts what may start. */
  void proceed() {
    if (draft.status == JobStatus.AWAITING_APPROVAL || draft.isOver()) {
      return;
    }
    closeCompleteWaves();
    if (draft.waves.isBusy() || !draft.hasSlot) {
      return;
    }
    int next = draft.waves.firstPlanned();
    if (next == draft.waves.size()) {
      return;
    }
    if (draft.failures() > Math.max(draft.rules.failures(), draft.tolerated)
        && !draft.held
        && draft.waves.hasBegun()) {
      draft.held = true;
      draft.note =
          "Paused: %d failed, at most %d may fail."
              .formatted(draft.failures(), Math.max(draft.rules.failures(), draft.tolerated));
    }
    if (draft.held) {
      draft.status = draft.waves.hasBegun() ? JobStatus.PAUSED : draft.status;
      return;
    }
    draft.status = draft.waves.hasBegun() ? JobStatus.RUNNING : draft.status;
    if (draft.resumes.filter(draft.now::isBefore).isPresent()) {
      return;
    }
    draft.resumes = Optional.empty();
    start(next);
  }

  private void closeCompleteWaves() {
    for (int i = 0; i < draft.waves.size(); i++) {
      Wave wave = draft.waves.get(i);
      if (wave.isUnderWay() && isComplete(wave)) {
        draft.waves.set(i, wave.in(Phase.DONE));
        boolean more = draft.waves.hasPlannedWork();
        if (more && wave.kind() == Kind.WORK && draft.rules.pause().isPositive()) {
          draft.resumes = Optional.of(draft.now.plus(draft.rules.pause()));
        }
      }
    }
  }

  private boolean isComplete(Wave wave) {
    return switch (wave.kind()) {
      case WORK ->
          !draft.nodes.isEmpty()
              && draft.nodes.values().stream()
                  .filter(work -> work.request().equals(wave.request()))
                  .allMatch(work -> work.status().isFinal());
      case CHECK -> wave.answered().containsAll(wave.nodes());
      case CANCEL -> false;
    };
  }

  private void start(int at) {
    Wave wave = draft.waves.get(at);
    Duration patience = wave.kind() == Kind.CHECK ? JobRules.CHECKING : draft.rules.patience();
    List<String> to =
        wave.kind() == Kind.CHECK
            ? wave.nodes().stream().filter(node -> is(node, NodeStatus.OK)).toList()
            : wave.nodes();
    Wave sending = wave.sending(to, draft.now.plus(patience));
    draft.waves.set(at, sending);
    if (wave.kind() == Kind.WORK) {
      to.forEach(node ->
          draft.nodes.computeIfPresent(node, (name, work) -> work.turn(wave.request(), draft.now)));
    } else if (to.isEmpty()) {
      draft.waves.set(at, sending.in(Phase.DONE));
      proceed();
      return;
    }
    draft.effects.add(new JobEffect.Send(sending));
  }

  private boolean is(String node, NodeStatus expected) {
    NodeWork work = draft.nodes.get(node);
    return work != null && work.status() == expected;
  }
}
