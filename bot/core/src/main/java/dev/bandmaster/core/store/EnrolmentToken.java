package dev.bandmaster.core.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A token with which nodes of one environment join without a person. The token itself is not kept,
 * only its hash.
 *
 * @param number what people call it by
 * @param hash SHA-256 of the token in hexadecimal digits
 * @param environment whose nodes it lets in
 * @param creator principal of the person who made it
 * @param creatorName the name to show
 * @param created when it was made
 * @param expires from when on it lets nobody in
 * @param uses how many nodes it lets in
 * @param used how many it has let in
 * @param revoked when it was revoked
 */
public record EnrolmentToken(
    long number,
    String hash,
    String environment,
    String creator,
    String creatorName,
    Instant created,
    Instant expires,
    int uses,
    int used,
    Optional<Instant> revoked) {

  /** How a token is kept: SHA-256 in hexadecimal digits. Tokens are random: no salt is needed. */
  public static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether it lets another node in now. */
  public boolean isValid(Instant now) {
    return revoked.isEmpty() && now.isBefore(expires) && used < uses;
  }

  @Override
  public String toString() {
    return "enrolment token " + number + " for " + environment;
  }
}
