package dev.bandmaster.bot.webhook;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a delivery is not taken.
 *
 * @param status of HTTP
 * @param error the same in a word, for machines
 * @param message the same in a sentence, for whoever has to mend it
 * @param retryAfter when the same delivery is worth another try; empty if it never is as it is
 */
record Refusal(int status, String error, String message, Optional<Duration> retryAfter) {

  static Refusal of(int status, String error, String message) {
    return new Refusal(status, error, message, Optional.empty());
  }

  static Refusal later(int status, String error, String message, Duration after) {
    return new Refusal(status, error, message, Optional.of(after));
  }

  /** It does not show that it comes from where it says. */
  static Refusal untrusted(String error, String message) {
    return of(401, error, message);
  }

  /** It cannot be understood. */
  static Refusal malformed(String message) {
    return of(400, "malformed", message);
  }
}
