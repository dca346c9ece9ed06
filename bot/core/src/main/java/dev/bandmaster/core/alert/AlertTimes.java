package dev.bandmaster.core.alert;

import java.time.Duration;

/**
 * How soon people are notified of what.
 *
 * @param gather from the first alert to the message, so that what fails together is one message;
 *     what is critical does not wait
 * @param edit between two changes of one message
 * @param remind between two reminders while nobody has acknowledged
 * @param linger from the last recovery to the end of the message
 * @param acknowledged how long an acknowledgement lasts
 * @param quiet without a further word, after which a failure that has no end of its own is over
 */
public record AlertTimes(
    Duration gather,
    Duration edit,
    Duration remind,
    Duration linger,
    Duration acknowledged,
    Duration quiet) {

  /** What holds unless something else is configured. */
  public static final AlertTimes STANDARD =
      new AlertTimes(
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofHours(4),
          Duration.ofSeconds(60),
          Duration.ofHours(8),
          Duration.ofMinutes(30));
}
