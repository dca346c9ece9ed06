package dev.bandmaster.wire;

import dev.bandmaster.model.NodePublicKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The two keys that one bot key and one node share and nobody else knows: X25519 agreement of their
 * static keys, then HKDF-SHA256 with salt {@code bandmaster/1} and an info text that names purpose,
 * bot key and node, so that no key is ever used for two things or between two other parties.
 *
 * @param mac for HS256 signatures of what the node sends
 * @param seal for A256GCM encryption of what only the other may read
 */
record PairKeys(SecretKey mac, SecretKey seal) {
  private static final byte[] SALT = "bandmaster/1".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = 32;

  /** As the bot computes them. */
  static PairKeys of(BotKeys bot, String node, NodePublicKey key) {
    return derive(bot.agreement(), RawKeys.x25519(key.bytes()), bot.id(), node);
  }

  /** As the node computes them. */
  static PairKeys of(NodeKeys keys, String node, BotPublicKeys bot) {
    return derive(keys.agreement(), RawKeys.x25519(RawKeys.bytes(bot.x25519())), bot.id(), node);
  }

  private static PairKeys derive(XECPrivateKey own, XECPublicKey other, String bot, String node) {
    try {
      var agreement = KeyAgreement.getInstance("X25519");
      agreement.init(own);
      agreement.doPhase(other, true);
      byte[] secret = agreement.generateSecret();
      return new PairKeys(
          derive(secret, "HS256", "HmacSHA256", bot, node),
          derive(secret, "A256GCM", "AES", bot, node));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the public key of " + node + " or of " + bot + " is not usable", e);
    }
  }

  /**
   * Info: purpose, bot key id and node name in UTF-8, separated by line feeds, which no name can
   * contain.
   */
  private static SecretKey derive(
      byte[] secret, String purpose, String algorithm, String bot, String node)
      throws GeneralSecurityException {
    byte[] info = String.join("\n", purpose, bot, node).getBytes(StandardCharsets.UTF_8);
    var parameters =
        HKDFParameterSpec.ofExtract().addIKM(secret).addSalt(SALT).thenExpand(info, LENGTH);
    return KDF.getInstance("HKDF-SHA256").deriveKey(algorithm, parameters);
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "PairKeys";
  }
}
