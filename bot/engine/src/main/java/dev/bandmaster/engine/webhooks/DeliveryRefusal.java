package dev.bandmaster.engine.webhooks;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a delivery is not taken.
 *
 * @param status of HTTP
 * @param error the same in a word, for machines
 * @param message the same in a sentence, for the person who has to fix it
 * @param retryAfter when the same delivery is worth another try; empty if it never is as it is
 */
record DeliveryRefusal(int status, String error, String message, Optional<Duration> retryAfter) {

  static DeliveryRefusal of(int status, String error, String message) {
    return new DeliveryRefusal(status, error, message, Optional.empty());
  }

  static DeliveryRefusal later(int status, String error, String message, Duration after) {
    return new DeliveryRefusal(status, error, message, Optional.of(after));
  }

  /** It does not show that it comes from where it says. */
  static DeliveryRefusal untrusted(String error, String message) {
    return of(401, error, message);
  }

  /** It cannot be understood. */
  static DeliveryRefusal malformed(String message) {
    return of(400, "malformed", message);
  }
}
