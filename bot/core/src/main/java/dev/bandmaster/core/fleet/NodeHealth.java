package dev.bandmaster.core.fleet;

import java.time.Instant;
import java.util.Optional;

/**
 * What was concluded about a node. It changes only together with what people are notified of, in
 * one commit.
 *
 * @param since when it came into this state
 * @param notified what people know of it
 * @param maintenance until when it is being worked on: its state is followed, nobody is notified
 * @param silenced until when nobody wants to be notified of it
 */
public record NodeHealth(
    NodeState state,
    Instant since,
    NotifiedState notified,
    FlapDetection flaps,
    Optional<Instant> maintenance,
    Optional<Instant> silenced) {

  static NodeHealth begin(Instant now) {
    return new NodeHealth(
        NodeState.NEW,
        now,
        NotifiedState.NOTHING,
        FlapDetection.STEADY,
        Optional.empty(),
        Optional.empty());
  }

  /** Whether nobody is notified of a failure at this time. */
  public boolean isQuiet(Instant now) {
    return isAhead(maintenance, now) || isAhead(silenced, now);
  }

  /** When it becomes loud again, if it is quiet. */
  Optional<Instant> quietUntil(Instant now) {
    Instant end =
        maintenance.orElse(Instant.MIN).isAfter(silenced.orElse(Instant.MIN))
            ? maintenance.orElse(Instant.MIN)
            : silenced.orElse(Instant.MIN);
    return Optional.of(end).filter(now::isBefore);
  }

  public boolean isInMaintenance(Instant now) {
    return isAhead(maintenance, now);
  }

  private static boolean isAhead(Optional<Instant> end, Instant now) {
    return end.filter(now::isBefore).isPresent();
  }

  NodeHealth in(NodeState next, Instant now) {
    return next == state ? this : new NodeHealth(next, now, notified, flaps, maintenance, silenced);
  }

  NodeHealth having(NotifiedState now) {
    return new NodeHealth(state, since, now, flaps, maintenance, silenced);
  }

  NodeHealth with(FlapDetection sampled) {
    return new NodeHealth(state, since, notified, sampled, maintenance, silenced);
  }

  NodeHealth inMaintenance(Optional<Instant> until) {
    return new NodeHealth(state, since, notified, flaps, until, silenced);
  }

  NodeHealth silenced(Optional<Instant> until) {
    return new NodeHealth(state, since, notified, flaps, maintenance, until);
  }
}
