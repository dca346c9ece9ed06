package dev.bandmaster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Base64;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * The envelope of every message: a JWS in compact form (RFC 7515), three base64url parts in ASCII.
 * The algorithm is decided by the kind of message and never by the message itself.
 */
final class Jws {
  /** Longest message, in bytes. A frame this large is either a mistake or an attack. */
  static final int LONGEST = 4 * 1024 * 1024;

  /** Longest header, in characters of base64url: ours have about a hundred. */
  private static final int LONGEST_HEADER = 2_000;

  static final String ED25519 = "EdDSA";
  static final String HMAC = "HS256";

  private Jws() {}

  /**
   * What a header claims before anything is proven.
   *
   * @param bot the key id of the bot for whom a node signed; empty in requests
   */
  record Claim(String algorithm, String keyId, String bot) {}

  static String sign(String payload, String algorithm, String keyId, String bot, Key key) {
    var jws = new JsonWebSignature();
    jws.setPayload(payload);
    jws.setAlgorithmHeaderValue(algorithm);
    jws.setKeyIdHeaderValue(keyId);
    if (!bot.isEmpty()) {
      jws.setHeader("bot", bot);
    }
    jws.setKey(key);
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("signing with " + algorithm + " failed", e);
    }
  }

  /** Reads the header, proving nothing. */
  static Claim claim(String compact) throws WireException {
    int dot = compact.indexOf('.');
    if (dot <= 0 || dot > LONGEST_HEADER || compact.length() > LONGEST) {
      throw new WireException(
          "the message is not a signed message of this protocol, or is too long");
    }
    JsonNode header;
    try {
      byte[] json = Base64.getUrlDecoder().decode(compact.substring(0, dot));
      header = WireJson.parse(new String(json, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new WireException("the header of the message is not base64url", e);
    }
    var read = new WireJson(header);
    return new Claim(read.text("alg"), read.text("kid"), read.textOr("bot", ""));
  }

  /** The payload of a message that nobody has verified; for looking at, not for believing. */
  static String unverifiedPayload(String compact) throws WireException {
    int first = compact.indexOf('.');
    int second = compact.indexOf('.', first + 1);
    if (second < 0) {
      throw new WireException("the message does not have the three parts of a signed message");
    }
    try {
      return new String(
          Base64.getUrlDecoder().decode(compact.substring(first + 1, second)),
          StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new WireException("the content of the message is not base64url", e);
    }
  }

  /**
   * Returns the payload if {@code algorithm} and {@code key} made the signature; otherwise empty.
   */
  static Optional<String> verify(String compact, String algorithm, Key key) {
    if (!isCanonical(compact.substring(compact.lastIndexOf('.') + 1))) {
      return Optional.empty();
    }
    var jws = new JsonWebSignature();
    jws.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm));
    try {
      jws.setCompactSerialization(compact);
      jws.setKey(key);
      return jws.verifySignature() ? Optional.of(jws.getPayload()) : Optional.empty();
    } catch (JoseException notVerifiable) {
      return Optional.empty();
    }
  }

  /**
   * Whether a signature is written in the one way there is. The library also reads other alphabets
   * and bits that mean nothing, so that different bytes would be the same message.
   */
  private static boolean isCanonical(String signature) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(signature);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(signature);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}
