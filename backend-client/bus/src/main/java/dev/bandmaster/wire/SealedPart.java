package dev.bandmaster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import javax.crypto.SecretKey;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/**
 * A part of a request that only one node can read: a JWE in compact form (RFC 7516), {@code dir}
 * and {@code A256GCM}.
 */
final class SealedPart {
  private SealedPart() {}

  static String seal(JsonNode part, String node, String bot, SecretKey key) {
    var jwe = new JsonWebEncryption();
    jwe.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.DIRECT);
    jwe.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
    jwe.setKeyIdHeaderValue(node);
    jwe.setHeader("bot", bot);
    jwe.setPayload(part.toString());
    jwe.setKey(key);
    try {
      return jwe.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("encrypting failed", e);
    }
  }

  static JsonNode open(String compact, SecretKey key) throws WireException {
    var jwe = new JsonWebEncryption();
    jwe.setAlgorithmConstraints(
        new AlgorithmConstraints(ConstraintType.PERMIT, KeyManagementAlgorithmIdentifiers.DIRECT));
    jwe.setContentEncryptionAlgorithmConstraints(
        new AlgorithmConstraints(
            ConstraintType.PERMIT, ContentEncryptionAlgorithmIdentifiers.AES_256_GCM));
    jwe.setKey(key);
    try {
      jwe.setCompactSerialization(compact);
      return WireJson.parse(jwe.getPayload());
    } catch (JoseException e) {
      throw new WireException(
          "a sealed part cannot be decrypted: it is for another recipient, or was changed", e);
    }
  }
}
