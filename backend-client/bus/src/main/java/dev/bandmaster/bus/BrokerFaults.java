package dev.bandmaster.bus;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a broker or the driver says, as a sentence that tells an operator what to do. */
final class BrokerFaults {
  /** What is wrong with an address is not said in detail: its text may hold the password. */
  static final String BAD_ADDRESS =
      "the address is not an amqp:// or amqps:// URI; in its user, password and virtual host write %2F for /, %40 for @, %3A for :, %23 for # and %25 for %";

  /** {@code reply-code=530, reply-text=NOT_ALLOWED - vhost x not found, class-id=10} */
  private static final Pattern REPLY =
      Pattern.compile("reply-code=([0-9]{3}), reply-text=(.{1,500}?), class-id=", Pattern.DOTALL);

  private BrokerFaults() {}

  /** The sentence; for what is not understood, the deepest message there is. */
  static String sentence(Throwable problem) {
    Throwable deepest = problem;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    if (message == null || message.isBlank()) {
      return deepest.getClass().getSimpleName();
    }
    return reply(message);
  }

  /** Of a broker's words the part that is for people, and what helps. */
  static String reply(String message) {
    Matcher matcher = REPLY.matcher(message);
    if (!matcher.find()) {
      return message;
    }
    String text = matcher.group(2).replaceFirst("^[A-Z_]+ - ", "");
    return switch (matcher.group(1)) {
      case "530" ->
          "the virtual host does not exist, or the user may not use it (%s): create both with config/broker-rights.sh, and check the end of 'uri'"
              .formatted(text);
      case "403" ->
          "the user lacks a right (%s): give it its rights with config/broker-rights.sh"
              .formatted(text);
      case "404" ->
          "something is missing (%s): start the bot first, which makes the exchanges"
              .formatted(text);
      case "406" ->
          "something exists in another form (%s): another version or program has declared it; choose another 'prefix' or delete it on the broker"
              .formatted(text);
      default -> text;
    };
  }
}
