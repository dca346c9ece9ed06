package dev.bandmaster.wire;

import dev.bandmaster.model.Bounds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;

/**
 * The public half of a bot's keys, as a node keeps it.
 *
 * @param id the key id that messages carry as {@code kid}
 * @param ed25519 the key that checks requests: 32 bytes in base64url
 * @param x25519 the key with which a node agrees on a common secret: 32 bytes in base64url
 * @param from the first moment at which the keys count
 * @param until the moment from which they no longer count
 */
public record BotPublicKeys(String id, String ed25519, String x25519, Instant from, Instant until) {
  public BotPublicKeys {
    Bounds.name(id, "the key id");
    if (id.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("a key id contains no blanks");
    }
    ed25519 = RawKeys.text(RawKeys.bytes(ed25519));
    x25519 = RawKeys.text(RawKeys.bytes(x25519));
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("the bot key " + id + " ends before it starts");
    }
  }

  public boolean countsAt(Instant now) {
    return !now.isBefore(from) && now.isBefore(until);
  }

  /**
   * Whether these keys made a signature, whenever they count.
   *
   * @param signature as {@link BotKeys#sign} returns it
   */
  public boolean hasSigned(String text, String signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(RawKeys.ed25519(RawKeys.bytes(ed25519)));
      verifier.update(text.getBytes(StandardCharsets.UTF_8));
      return verifier.verify(Base64.getUrlDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException notOne) {
      return false;
    }
  }

  /**
   * The line that a person copies from the bot to its nodes: {@code <id> ed25519:<key> x25519:<key>
   * from:<instant> until:<instant>}.
   */
  public String line() {
    return "%s ed25519:%s x25519:%s from:%s until:%s".formatted(id, ed25519, x25519, from, until);
  }

  /**
   * Reads a {@link #line}.
   *
   * @throws IllegalArgumentException with a sentence that says what is expected
   */
  public static BotPublicKeys parse(String line) {
    List<String> words = List.of(line.strip().split("\\s+", -1));
    if (words.size() != 5) {
      throw new IllegalArgumentException(
          "a bot key is a line of five fields: id ed25519:… x25519:… from:… until:…, as \"bandmaster keys\" prints it");
    }
    try {
      return new BotPublicKeys(
          words.get(0),
          after("ed25519:", words.get(1)),
          after("x25519:", words.get(2)),
          Instant.parse(after("from:", words.get(3))),
          Instant.parse(after("until:", words.get(4))));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("a bot key's date has the form 2026-01-01T00:00:00Z", e);
    }
  }

  private static String after(String prefix, String word) {
    if (!word.startsWith(prefix)) {
      throw new IllegalArgumentException(
          "a bot key's line has " + prefix + "… where something else stands");
    }
    return word.substring(prefix.length());
  }
}
