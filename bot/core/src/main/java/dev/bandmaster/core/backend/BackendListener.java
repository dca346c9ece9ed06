package dev.bandmaster.core.backend;

import dev.bandmaster.core.store.LeaseLost;
import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.TargetReport;
import java.util.List;

/**
 * Takes what a backend reports. Several threads may call, but reports under one lease come one
 * after the other. A report that throws comes again.
 */
public interface BackendListener {

  /**
   * What targets report about their work, in the order of arrival, at most 500. Returns when it is
   * stored, so none is lost; some may come twice.
   *
   * @throws LeaseLost if another process holds the lease; the backend takes no more reports for it
   */
  void reports(String lease, List<TargetReport> batch);

  /** Targets that joined, changed, left or gave a sign of life, at most 500. */
  default void presence(List<PresenceEvent> batch) {}

  /** A target that asks to be trusted, and has proven that it holds its key. */
  default void enrolment(Enrolment enrolment) {}

  /** A target reports something that a person should look at. */
  default void alert(AlertEvent alert) {}

  /** A message was dropped because it cannot be trusted or read. */
  default void rejected(RejectedMessage message) {}

  /** A report failed too often and was given up, while others went through. */
  default void discarded(String what, String reason) {}

  /** The connection came or went. Called by the connection's own thread: return quickly. */
  default void stateChanged(BackendState state) {}
}
