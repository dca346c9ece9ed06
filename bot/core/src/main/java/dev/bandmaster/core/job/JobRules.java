package dev.bandmaster.core.job;

import java.time.Duration;
import java.util.Optional;

/**
 * What never changes about a job and decides how it goes on.
 *
 * @param patience how long the nodes of a wave have
 * @param pause how long to wait after a wave
 * @param failures how many nodes may fail before it waits for a person
 * @param needsSlot whether only one such job goes on at a time
 * @param widest how many nodes may have their work at the same time
 * @param standIn the name that stands for hosts that are not known before they report
 */
public record JobRules(
    Duration patience,
    Duration pause,
    int failures,
    boolean needsSlot,
    int widest,
    Optional<String> standIn) {

  /** The rules of a job whose nodes are known. */
  public JobRules(Duration patience, Duration pause, int failures, boolean needsSlot, int widest) {
    this(patience, pause, failures, needsSlot, widest, Optional.empty());
  }

  /** Missed signs of life in a row after which a running node counts as lost. */
  static final int MISSED_BEATS = 3;

  /** How long nodes have to stop their work: TERM, ten seconds, KILL, and the way of the answer. */
  static final Duration STOPPING = Duration.ofSeconds(30);

  /** How long nodes have to say that they are well. */
  static final Duration CHECKING = Duration.ofSeconds(60);
}
