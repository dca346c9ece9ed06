package dev.bandmaster.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;

/** A bot's keys, private halves included. Made once, kept by {@link KeyFiles}, never shown. */
public final class BotKeys {
  /** Bytes of the digest in an id: 32 bits, enough for the few keys a bot ever has. */
  private static final int DIGEST_BYTES = 4;

  private final BotPublicKeys publicKeys;
  private final EdECPrivateKey signing;
  private final XECPrivateKey agreement;

  BotKeys(BotPublicKeys publicKeys, byte[] signing, byte[] agreement) {
    this.publicKeys = publicKeys;
    this.signing = RawKeys.ed25519Private(signing);
    this.agreement = RawKeys.x25519Private(agreement);
  }

  /**
   * Makes new keys with an id that no others have: the day they count from, and the beginning of
   * the SHA-256 of their public half.
   */
  public static BotKeys generate(Instant from, Instant until) {
    BotKeys keys = generate("bot", from, until);
    BotPublicKeys shown = keys.publicKeys;
    String id =
        "bot-%s-%s".formatted(from.atZone(ZoneOffset.UTC).toLocalDate(), digest(shown.ed25519()));
    return new BotKeys(
        new BotPublicKeys(id, shown.ed25519(), shown.x25519(), from, until),
        RawKeys.raw(keys.signing),
        RawKeys.raw(keys.agreement));
  }

  private static String digest(String publicKey) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(RawKeys.bytes(publicKey));
      return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /**
   * Makes new keys from the platform's secure random source.
   *
   * @param id a short name that no other key of this bot has, such as {@code bot-2026}
   */
  public static BotKeys generate(String id, Instant from, Instant until) {
    try {
      var signing = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      var agreement = KeyPairGenerator.getInstance("X25519").generateKeyPair();
      return new BotKeys(
          new BotPublicKeys(
              id,
              RawKeys.text(RawKeys.raw((EdECPublicKey) signing.getPublic())),
              RawKeys.text(RawKeys.raw((XECPublicKey) agreement.getPublic())),
              from,
              until),
          RawKeys.raw((EdECPrivateKey) signing.getPrivate()),
          RawKeys.raw((XECPrivateKey) agreement.getPrivate()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform since 15 has these", impossible);
    }
  }

  public String id() {
    return publicKeys.id();
  }

  public BotPublicKeys publicKeys() {
    return publicKeys;
  }

  /** The Ed25519 signature of a text, in base64url; {@link BotPublicKeys#hasSigned} checks it. */
  public String sign(String text) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(signing);
      signer.update(text.getBytes(StandardCharsets.UTF_8));
      return RawKeys.text(signer.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform since 15 has Ed25519", impossible);
    }
  }

  EdECPrivateKey signing() {
    return signing;
  }

  XECPrivateKey agreement() {
    return agreement;
  }

  /** Only the id: keys do not belong into logs. */
  @Override
  public String toString() {
    return "BotKeys[" + id() + "]";
  }
}
