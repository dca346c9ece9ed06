package dev.bandmaster.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A node's public X25519 key.
 *
 * @param x25519 its 32 bytes in base64url without padding: 43 characters
 */
public record NodePublicKey(String x25519) {
  private static final int LENGTH = 32;

  public NodePublicKey {
    x25519 = Base64.getUrlEncoder().withoutPadding().encodeToString(decode(x25519));
  }

  /**
   * The form in which two people compare keys: the first 16 bytes of SHA-256 over the key, in
   * groups of four digits.
   */
  public String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(decode(x25519));
      String digits = HexFormat.of().formatHex(digest, 0, 16);
      return digits.replaceAll("(.{4})(?!$)", "$1-");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  public byte[] bytes() {
    return decode(x25519);
  }

  private static byte[] decode(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      throw new IllegalArgumentException(
          "a key is 32 bytes in base64url, 43 characters without padding", notBase64);
    }
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a key has " + LENGTH + " bytes, not " + bytes.length);
    }
    return bytes;
  }

  @Override
  public String toString() {
    return fingerprint();
  }
}
