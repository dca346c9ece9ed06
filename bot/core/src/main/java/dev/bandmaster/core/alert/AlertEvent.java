package dev.bandmaster.core.alert;

import java.util.Optional;

/** What happens to an episode. */
public sealed interface AlertEvent {

  /** Something is wrong, or still is. */
  record Fired(Alert alert, Optional<String> headline) implements AlertEvent {}

  /** One of its alerts is over. */
  record Cleared(String key) implements AlertEvent {}

  /**
   * Somebody looks after it.
   *
   * @param user the person's id
   */
  record Acknowledged(String user, String name) implements AlertEvent {}

  /** Somebody says that it is over. */
  record Closed(String name) implements AlertEvent {}

  /** A channel does not take the message, and never will as it is. */
  record Refused(String channel, String reason) implements AlertEvent {}

  /** Time has passed, or silences are others than before. */
  record TimePassed() implements AlertEvent {}
}
