package dev.bandmaster.core.fleet;

import dev.bandmaster.model.PresenceEvent;
import java.time.Instant;
import java.util.Optional;

/** What happens to a node. */
public sealed interface NodeEvent {

  /** The node said something. */
  record Received(PresenceEvent event) implements NodeEvent {}

  /** Somebody says that the node is gone for good. */
  record Dismissed() implements NodeEvent {}

  /** The node was asked something and has not answered in time. */
  record Unanswered() implements NodeEvent {}

  /** The node answered something it was asked. */
  record Answered() implements NodeEvent {}

  /**
   * Nobody could have received from the node for a while: its silence counts no earlier than this.
   */
  record Excused(Instant until) implements NodeEvent {}

  /** It is worked on until then; empty when the work is over. */
  record Maintained(Optional<Instant> until) implements NodeEvent {}

  /** Nobody wants to be notified of it until then; empty when somebody does again. */
  record Silenced(Optional<Instant> until) implements NodeEvent {}

  /** People were notified together with others that it is down. */
  record Named() implements NodeEvent {}

  /**
   * Time has passed: what was seen, and what was not, is concluded upon.
   *
   * @param inhibited whether an incident stands for the failures of single nodes
   */
  record TimePassed(boolean inhibited) implements NodeEvent {}
}
