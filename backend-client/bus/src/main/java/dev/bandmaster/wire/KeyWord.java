package dev.bandmaster.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes one word of a routing key (or of a queue's name) out of any text. Brokers cut keys at dots
 * and give {@code *} and {@code #} a meaning; a node named {@code web1.example.com} must still be
 * one word.
 *
 * <p>Letters, digits and {@code -} of ASCII stay; every other byte of the UTF-8 form becomes {@code
 * _} and two hexadecimal digits; the empty text becomes {@code _}. A word longer than {@value
 * #LONGEST} characters is cut to 60 and ends with {@code __} and 32 hexadecimal digits of the
 * text's SHA-256, so that a key of several words stays within AMQP's 255 bytes. Nobody reads words
 * back: the signed content says what they stand for.
 */
public final class KeyWord {
  /** Longest word, in characters. */
  public static final int LONGEST = 96;

  private static final int KEPT = 60;
  private static final HexFormat HEX = HexFormat.of();

  private KeyWord() {}

  public static String of(String text) {
    if (text.isEmpty()) {
      return "_";
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var word = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      if ((b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '-') {
        word.append((char) b);
      } else {
        HEX.toHexDigits(word.append('_'), b);
      }
    }
    return word.length() <= LONGEST
        ? word.toString()
        : word.substring(0, KEPT) + "__" + hash(bytes);
  }

  private static String hash(byte[] bytes) {
    try {
      return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
