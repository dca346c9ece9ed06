package dev.bandmaster.wire;

import dev.bandmaster.model.NodePublicKey;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;

/**
 * A node's keys, the private half included. Made at the first start, kept by {@link KeyFiles},
 * never shown.
 */
public final class NodeKeys {
  private final NodePublicKey publicKey;
  private final XECPrivateKey agreement;

  NodeKeys(NodePublicKey publicKey, byte[] agreement) {
    this.publicKey = publicKey;
    this.agreement = RawKeys.x25519Private(agreement);
  }

  /** Makes new keys from the platform's secure random source. */
  public static NodeKeys generate() {
    try {
      var pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
      return new NodeKeys(
          new NodePublicKey(RawKeys.text(RawKeys.raw((XECPublicKey) pair.getPublic()))),
          RawKeys.raw((XECPrivateKey) pair.getPrivate()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform since 11 has this", impossible);
    }
  }

  public NodePublicKey publicKey() {
    return publicKey;
  }

  XECPrivateKey agreement() {
    return agreement;
  }

  /** Only the fingerprint of the public half. */
  @Override
  public String toString() {
    return "NodeKeys[" + publicKey.fingerprint() + "]";
  }
}
