package dev.bandmaster.wire;

import dev.bandmaster.model.NodeDescription;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What can be computed from a description. */
public final class NodeDescriptions {
  private NodeDescriptions() {}

  /** A short hash of everything in the description: 16 hexadecimal digits of its JSON's SHA-256. */
  public static String hash(NodeDescription description) {
    try {
      byte[] json = EventJson.of(description).toString().getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(json);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
