package dev.bandmaster.model;

import dev.bandmaster.wire.RawKeys;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A node's public X25519 key.
 *
 * @param x25519 its 32 bytes in base64url without padding: 43 characters
 */
public record NodePublicKey(String x25519) {
  public NodePublicKey {
    x25519 = RawKeys.text(RawKeys.bytes(x25519));
  }

  /**
   * The form in which two people compare keys: the first 16 bytes of SHA-256 over the key, in
   * groups of four digits.
   */
  public String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(RawKeys.bytes(x25519));
      String digits = HexFormat.of().formatHex(digest, 0, 16);
      return digits.replaceAll("(.{4})(?!$)", "$1-");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  public byte[] bytes() {
    return RawKeys.bytes(x25519);
  }

  @Override
  public String toString() {
    return fingerprint();
  }
}
