package dev.bandmaster.core.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One request to some of a job's nodes. The waves of a job come one after the other.
 *
 * @param request its id; nodes run an id once, so it may be sent again after doubt
 * @param kind what is asked for
 * @param nodes whom it is sent to; of a broadcast, who should answer
 * @param phase how far it is
 * @param sent when the backend confirmed it
 * @param deadline when silence counts as no answer; from the moment it is to be sent
 * @param handle by which the backend finds it again, if it needs one
 * @param answered of a check, the nodes that have answered it
 */
public record Wave(
    String request,
    Kind kind,
    List<String> nodes,
    Phase phase,
    Optional<Instant> sent,
    Optional<Instant> deadline,
    Optional<String> handle,
    Set<String> answered) {

  public Wave {
    nodes = List.copyOf(nodes);
    answered = Set.copyOf(answered);
  }

  /** What a wave asks of its nodes. */
  public enum Kind {
    /** The job's own work. */
    WORK,
    /** Whether the nodes of the step before are well. */
    CHECK,
    /** To stop what they are doing for the job. */
    CANCEL
  }

  /** How far a wave is. */
  public enum Phase {
    /** Its turn has not come. */
    PLANNED,
    /** It is to be sent, until the backend confirms it. */
    SENDING,
    /** The nodes have it. */
    RUNNING,
    /** Nothing more is expected of it. */
    DONE
  }

  static Wave planned(String request, Kind kind, List<String> nodes) {
    return new Wave(
        request,
        kind,
        nodes,
        Phase.PLANNED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of());
  }

  /** Whether its turn has come; one that was given up before has no deadline. */
  public boolean wasBegun() {
    return deadline.isPresent();
  }

  boolean isUnderWay() {
    return phase == Phase.SENDING || phase == Phase.RUNNING;
  }

  Wave in(Phase newPhase) {
    return new Wave(request, kind, nodes, newPhase, sent, deadline, handle, answered);
  }

  Wave sending(List<String> to, Instant until) {
    return new Wave(
        request,
        kind,
        to,
        Phase.SENDING,
        Optional.empty(),
        Optional.of(until),
        Optional.empty(),
        Set.of());
  }

  Wave confirmed(Instant at, Optional<String> newHandle) {
    return new Wave(
        request,
        kind,
        nodes,
        Phase.RUNNING,
        Optional.of(at),
        deadline,
        newHandle.or(() -> handle),
        answered);
  }

  /** The same, found again by this. */
  Wave foundBy(Optional<String> newHandle) {
    return new Wave(request, kind, nodes, phase, sent, deadline, newHandle, answered);
  }

  Wave until(Instant newDeadline) {
    return new Wave(request, kind, nodes, phase, sent, Optional.of(newDeadline), handle, answered);
  }

  Wave answeredBy(Set<String> all) {
    return new Wave(request, kind, nodes, phase, sent, deadline, handle, all);
  }
}
