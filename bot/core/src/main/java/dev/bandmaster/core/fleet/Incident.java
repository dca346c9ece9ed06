package dev.bandmaster.core.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that stands for the failures of many nodes: while it lasts, nothing is said of single
 * ones.
 *
 * @param began since when nothing could be received, or most of the scope was not
 * @param watching since when the bot watches, or watches again
 * @param patience how long after the return of beats the missing are named, and a quarter of the
 *     longest time it lasts
 * @param settles when the missing are named; empty until beats come back
 * @param said how many silent nodes people were notified of
 * @param saidAt when they were
 */
public record Incident(
    Kind kind,
    FleetScope scope,
    Instant began,
    Instant watching,
    Duration patience,
    Optional<Instant> settles,
    int said,
    Instant saidAt) {

  /** The most timeouts that an incident keeps single nodes from being named. */
  private static final int LONGEST = 4;

  /** What may have happened. */
  public enum Kind {
    /** The bot was not there. */
    ABSENCE,
    /** Nothing comes from the bus. */
    BUS,
    /** Every node fell silent. */
    ISOLATED,
    /** Half of an environment or more fell silent. */
    MASS_LOSS
  }

  /** Whether conclusions from silence wait altogether, since it may be the bot that is deaf. */
  boolean suspends() {
    return (kind == Kind.BUS || kind == Kind.ISOLATED) && settles.isEmpty();
  }

  boolean isOver(Instant now) {
    return settles.filter(at -> !now.isBefore(at)).isPresent() || isTooLong(now);
  }

  /** Beats that do not come back at all do not keep a failure secret for ever. */
  boolean isTooLong(Instant now) {
    return kind != Kind.ABSENCE && !now.isBefore(watching.plus(patience.multipliedBy(LONGEST)));
  }

  /** What people are notified of at its end, if anything. */
  Optional<Detection> over(List<String> missing, int total, DetectorRules rules, Instant now) {
    Severity severity = missing.isEmpty() ? Severity.INFO : Severity.CRITICAL;
    NodeLabels labels = NodeLabels.of(scope, rules, severity);
    return switch (kind) {
      case ABSENCE ->
          missing.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  new Detection.DigestAfterAbsence(labels, now, began, watching, missing, total));
      case BUS, ISOLATED, MASS_LOSS ->
          Optional.of(new Detection.IncidentOver(labels, now, kind, missing, total));
    };
  }

  Incident unsettled() {
    return new Incident(kind, scope, began, watching, patience, Optional.empty(), said, saidAt);
  }

  Incident settlingAt(Instant at) {
    return new Incident(kind, scope, began, watching, patience, Optional.of(at), said, saidAt);
  }

  Incident watchingSince(Instant at) {
    return new Incident(kind, scope, began, at, patience, settles, said, saidAt);
  }

  Incident saying(int silent, Instant at) {
    return new Incident(kind, scope, began, watching, patience, settles, silent, at);
  }
}
