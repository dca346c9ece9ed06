package dev.bandmaster.engine.webhooks;

import dev.bandmaster.engine.webhooks.WebhookEndpoint.Post;
import java.util.Locale;
import java.util.Optional;

/** What can be said against a delivery without knowing who sends it. */
final class DeliveryShape {

  private DeliveryShape() {}

  static Optional<DeliveryRefusal> check(Post post, int mostBytes) {
    if (!isJson(post)) {
      return Optional.of(
          DeliveryRefusal.of(
              415,
              "not_json",
              "Send JSON in UTF-8, uncompressed: 'Content-Type: application/json'."));
    }
    return post.length().filter(length -> length > mostBytes).map(length -> tooLarge(mostBytes));
  }

  private static boolean isJson(Post post) {
    String type =
        post.header()
            .apply("Content-Type")
            .map(given -> given.toLowerCase(Locale.ROOT).replaceAll("[\\s\"]", ""))
            .orElse("");
    String coding = post.header().apply("Content-Encoding").orElse("identity");
    return (type.equals("application/json") || type.equals("application/json;charset=utf-8"))
        && coding.equalsIgnoreCase("identity");
  }

  static DeliveryRefusal tooLarge(int mostBytes) {
    return DeliveryRefusal.of(
        413, "too_large", "At most %d bytes are accepted.".formatted(mostBytes));
  }
}
