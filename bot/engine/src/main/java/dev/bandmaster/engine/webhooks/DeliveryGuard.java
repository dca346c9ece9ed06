package dev.bandmaster.engine.webhooks;

import dev.bandmaster.engine.webhooks.WebhookEndpoint.Post;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a delivery comes from where it says. Compares secrets in constant time. */
public sealed interface DeliveryGuard {

  /** What can be said without its body; empty if nothing speaks against it so far. */
  Optional<DeliveryRefusal> checkHeaders(Post post, Instant now);

  /** What can be said with its body. */
  Optional<DeliveryRefusal> checkBody(Post post, byte[] body);

  /** By what the very same delivery would be known if it came again. */
  Optional<Mark> mark(Post post);

  /**
   * A mark of a delivery.
   *
   * @param until from then on it would be refused for its age
   */
  record Mark(String text, Instant until) {}

  /** Anyone who shows the token is trusted. */
  record Token(String token) implements DeliveryGuard {
    @Override
    public Optional<DeliveryRefusal> checkHeaders(Post post, Instant now) {
      Optional<String> shown = post.header().apply("Authorization");
      if (shown.isEmpty()) {
        return Optional.of(
            DeliveryRefusal.untrusted("no_token", "Send the token: 'Authorization: Bearer …'."));
      }
      boolean isRight =
          MessageDigest.isEqual(
              ("Bearer " + token).getBytes(StandardCharsets.UTF_8),
              shown.get().getBytes(StandardCharsets.UTF_8));
      return isRight
          ? Optional.empty()
          : Optional.of(
              DeliveryRefusal.untrusted("wrong_token", "The token is not this webhook's."));
    }

    @Override
    public Optional<DeliveryRefusal> checkBody(Post post, byte[] body) {
      return Optional.empty();
    }

    @Override
    public Optional<Mark> mark(Post post) {
      return Optional.empty();
    }

    @Override
    public String toString() {
      return "Token[…]";
    }
  }

  /** What is signed with the secret is trusted, for a while and once. */
  record Signed(DeliverySignature signature, Duration window) implements DeliveryGuard {
    @Override
    public Optional<DeliveryRefusal> checkHeaders(Post post, Instant now) {
      Optional<String> time = post.header().apply(DeliverySignature.TIME_HEADER);
      if (time.isEmpty() || post.header().apply(DeliverySignature.HEADER).isEmpty()) {
        return Optional.of(
            DeliveryRefusal.untrusted(
                "not_signed",
                "Sign the request: the headers %s and %s are required."
                    .formatted(DeliverySignature.TIME_HEADER, DeliverySignature.HEADER)));
      }
      Optional<Instant> signed = DeliverySignature.time(time.get());
      if (signed.isEmpty()) {
        return Optional.of(
            DeliveryRefusal.untrusted(
                "bad_time",
                DeliverySignature.TIME_HEADER
                    + " must be the seconds since 1970, such as 1777896000."));
      }
      return Duration.between(signed.get(), now).abs().compareTo(window) <= 0
          ? Optional.empty()
          : Optional.of(
              DeliveryRefusal.untrusted(
                  "wrong_time",
                  "It was signed at %s and the time here is %s; at most %d s apart are allowed."
                      .formatted(signed.get(), now, window.toSeconds())));
    }

    @Override
    public Optional<DeliveryRefusal> checkBody(Post post, byte[] body) {
      String time = post.header().apply(DeliverySignature.TIME_HEADER).orElse("");
      String shown = post.header().apply(DeliverySignature.HEADER).orElse("");
      return signature.isRight(shown, time, body)
          ? Optional.empty()
          : Optional.of(
              DeliveryRefusal.untrusted(
                  "wrong_signature",
                  "The signature does not match the timestamp, the body and this webhook's secret."));
    }

    /** Nothing is taken so long after its time, whichever replica's clock is ahead. */
    @Override
    public Optional<Mark> mark(Post post) {
      return post.header()
          .apply(DeliverySignature.TIME_HEADER)
          .flatMap(DeliverySignature::time)
          .flatMap(time ->
              post.header()
                  .apply(DeliverySignature.HEADER)
                  .map(shown -> new Mark(shown, time.plus(window.multipliedBy(2)))));
    }
  }
}
