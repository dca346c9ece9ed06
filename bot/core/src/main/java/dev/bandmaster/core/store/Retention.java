package dev.bandmaster.core.store;

import java.time.Instant;

/**
 * What is over. Each call forgets a batch in one commit, so that nobody waits for long, and says
 * how many rows it forgot; fewer than the limit means that nothing is left to forget. Replicas may
 * do this at the same time.
 */
public interface Retention {

  /** Forgets deliveries that were dealt with before then. */
  int forgetDeliveries(Instant before, int limit);

  /**
   * Forgets messages that were last drawn before then and do not wait to be sent. Messages of jobs
   * that have not ended stay, and so do those of alerts.
   */
  int forgetMessages(Instant before, int limit);

  /** Forgets changes of nodes' states that happened before then. */
  int forgetTransitions(Instant before, int limit);

  /** Forgets alerts that were over before then. */
  int forgetAlerts(Instant before, int limit);

  /** Forgets what nodes printed for jobs that ended before then. */
  int forgetOutput(Instant before, int limit);
}
