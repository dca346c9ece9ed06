package dev.bandmaster.wire;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Base64;

/**
 * The 32 bytes of RFC 7748 and RFC 8032 keys, as any language's library has them, to and from
 * Java's key objects.
 */
public final class RawKeys {
  static final int LENGTH = 32;

  private RawKeys() {}

  static XECPublicKey x25519(byte[] raw) {
    byte[] bytes = checked(raw);
    bytes[LENGTH - 1] &= 0x7f; // RFC 7748, section 5: the unused bit is ignored
    var spec = new XECPublicKeySpec(NamedParameterSpec.X25519, littleEndian(bytes));
    return make(() -> (XECPublicKey) KeyFactory.getInstance("X25519").generatePublic(spec));
  }

  static byte[] raw(XECPublicKey key) {
    return littleEndian(key.getU());
  }

  static XECPrivateKey x25519Private(byte[] raw) {
    var spec = new XECPrivateKeySpec(NamedParameterSpec.X25519, checked(raw));
    return make(() -> (XECPrivateKey) KeyFactory.getInstance("X25519").generatePrivate(spec));
  }

  static byte[] raw(XECPrivateKey key) {
    return key.getScalar()
        .orElseThrow(() -> new IllegalStateException("the key does not expose its bytes"));
  }

  static EdECPublicKey ed25519(byte[] raw) {
    byte[] bytes = checked(raw);
    boolean odd =
        (bytes[LENGTH - 1] & 0x80) != 0; // RFC 8032, section 5.1.2: the top bit is the sign of x
    bytes[LENGTH - 1] &= 0x7f;
    var spec =
        new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, littleEndian(bytes)));
    return make(() -> (EdECPublicKey) KeyFactory.getInstance("Ed25519").generatePublic(spec));
  }

  static byte[] raw(EdECPublicKey key) {
    byte[] bytes = littleEndian(key.getPoint().getY());
    if (key.getPoint().isXOdd()) {
      bytes[LENGTH - 1] |= (byte) 0x80;
    }
    return bytes;
  }

  static EdECPrivateKey ed25519Private(byte[] raw) {
    var spec = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, checked(raw));
    return make(() -> (EdECPrivateKey) KeyFactory.getInstance("Ed25519").generatePrivate(spec));
  }

  static byte[] raw(EdECPrivateKey key) {
    return key.getBytes()
        .orElseThrow(() -> new IllegalStateException("the key does not expose its bytes"));
  }

  public static String text(byte[] raw) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
  }

  /**
   * Reads base64url; the message of the exception does not repeat the text, which may be a secret.
   */
  public static byte[] bytes(String text) {
    try {
      return checked(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException notBase64) {
      throw new IllegalArgumentException(
          "a key is 32 bytes in base64url, 43 characters without padding", notBase64);
    }
  }

  private static byte[] checked(byte[] raw) {
    if (raw.length != LENGTH) {
      throw new IllegalArgumentException("a key has " + LENGTH + " bytes, not " + raw.length);
    }
    return raw.clone();
  }

  private static BigInteger littleEndian(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return new BigInteger(1, reversed);
  }

  private static byte[] littleEndian(BigInteger number) {
    byte[] big = number.toByteArray();
    byte[] bytes = new byte[LENGTH];
    for (int i = 0; i < Math.min(LENGTH, big.length); i++) {
      bytes[i] = big[big.length - 1 - i];
    }
    return bytes;
  }

  private interface Making<T> {
    T make() throws GeneralSecurityException;
  }

  private static <T> T make(Making<T> making) {
    try {
      return making.make();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a usable key", e);
    }
  }
}
