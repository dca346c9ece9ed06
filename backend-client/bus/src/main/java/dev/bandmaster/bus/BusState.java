package dev.bandmaster.bus;

import java.time.Instant;

/** Whether the bus is usable now. */
public sealed interface BusState {
  Instant since();

  /** Queues are declared and consumers registered. */
  record Connected(Instant since) implements BusState {}

  /**
   * Connected, but the broker accepts no messages: it has an alarm (memory, disk) or confirms
   * nothing. Deliveries still arrive. It ends without intervention.
   *
   * @param reason what the broker gave as its reason
   */
  record Blocked(String reason, Instant since) implements BusState {}

  /** Retrying; the reason is the last failure. */
  record Disconnected(String reason, Instant since) implements BusState {}

  /**
   * The broker refuses these credentials or this address makes no sense: a person has to act,
   * nothing is tried.
   */
  record Refused(String reason, Instant since) implements BusState {}

  /** Closed on request. */
  record Closed(Instant since) implements BusState {}
}
