package dev.bandmaster.slack;

import java.time.Duration;

/** How a call of Slack's Web API ended. */
sealed interface CallResult<T> {

  /** Slack did it. */
  record Ok<T>(T body) implements CallResult<T> {}

  /**
   * Slack said no.
   *
   * @param error Slack's error code, for instance {@code channel_not_found}
   * @param needed the scope that was missing, or empty
   */
  record Refused<T>(String error, String needed) implements CallResult<T> {}

  /** Slack wants to be left alone for a while; nothing was done. */
  record Limited<T>(Duration delay) implements CallResult<T> {}

  /** Slack was not reached; nothing was done. */
  record Unsent<T>(String reason) implements CallResult<T> {}

  /** The request left and no clear answer came: it may have been done. */
  record Unclear<T>(String reason) implements CallResult<T> {}
}
