package dev.bandmaster.core.backend;

import java.time.Instant;

/** Whether a backend can be used at this moment. */
public sealed interface BackendState {
  Instant since();

  /** It takes waves and reports. */
  record Connected(Instant since) implements BackendState {}

  /** It is connected and takes nothing for now, such as a broker without memory. */
  record Blocked(String reason, Instant since) implements BackendState {}

  /** It is tried again by itself; the reason is the last failure. */
  record Disconnected(String reason, Instant since) implements BackendState {}

  /** It refuses the bot: a person has to act. */
  record Refused(String reason, Instant since) implements BackendState {}

  /** Closed on request. */
  record Closed(Instant since) implements BackendState {}
}
