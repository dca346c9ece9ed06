package dev.bandmaster.engine.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How tokens are kept: as hashes, from which nobody gets a token back. */
public final class ApiSecrets {

  /** Characters of the longest token that is looked at. */
  static final int LONGEST = 512;

  private ApiSecrets() {}

  /** SHA-256 in hexadecimal digits. Tokens are random, so a salt would add nothing. */
  public static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
