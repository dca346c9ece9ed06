package dev.bandmaster.bus;

import java.time.Instant;

/** Whether the bus can be used at this moment. */
public sealed interface BusState {
  Instant since();

  /** Queues are declared and consumers registered. */
  record Connected(Instant since) implements BusState {}

  /**
   * Connected, and the broker takes no messages from us: an alarm of its own (memory, disk), or it
   * confirms nothing. Deliveries still arrive. It ends by itself.
   *
   * @param reason what the broker gave as its reason
   */
  record Blocked(String reason, Instant since) implements BusState {}

  /** Trying again by itself; the reason is the last failure. */
  record Disconnected(String reason, Instant since) implements BusState {}

  /**
   * The broker refuses these credentials or this address makes no sense: a person has to act,
   * nothing is tried.
   */
  record Refused(String reason, Instant since) implements BusState {}

  /** Closed on request. */
  record Closed(Instant since) implements BusState {}
}
