package dev.bandmaster.engine.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A signature as Slack signs what it sends to others: {@code v1=} and the hexadecimal HMAC-SHA256
 * over {@code v1:}, the time, a colon and the body's bytes. The time is in it so that nobody can
 * send the same again later.
 */
public final class DeliverySignature {
  static final String HEADER = "X-Bandmaster-Signature";
  static final String TIME_HEADER = "X-Bandmaster-Timestamp";

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  public DeliverySignature(String secret) {
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** The time of a delivery, from its header. */
  static Optional<Instant> time(String header) {
    return header.matches("[0-9]{1,11}")
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(header)))
        : Optional.empty();
  }

  /** What the header has to be. */
  String of(String time, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(("v1:" + time + ":").getBytes(StandardCharsets.UTF_8));
      return "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  /** Compares in a time that does not depend on how much of a guess is right. */
  boolean isRight(String shown, String time, byte[] body) {
    return MessageDigest.isEqual(
        of(time, body).getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }
}
