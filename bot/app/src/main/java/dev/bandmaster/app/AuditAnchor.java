package dev.bandmaster.app;

import dev.bandmaster.core.store.Audit;
import dev.bandmaster.wire.BotKeys;
import dev.bandmaster.wire.BotPublicKeys;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of the audit at some time, signed by the bot: whoever keeps it elsewhere can tell later
 * that rows were cut off or that the chain was written anew.
 *
 * @param number of the last row then
 * @param hash of that row, 64 hexadecimal digits
 * @param at when it was signed
 * @param key id of the bot key that signed it
 * @param signature in base64url
 */
record AuditAnchor(long number, String hash, Instant at, String key, String signature) {
  /** As it stands in a log or a message, whatever is written around it. */
  private static final Pattern LINE =
      Pattern.compile(
          "audit-anchor ([0-9]{1,18}) ([0-9a-f]{64}) (\\S{1,40}) (\\S{1,200}) ([A-Za-z0-9_-]{86})");

  static AuditAnchor of(Audit.Head head, Instant now, BotKeys keys) {
    Instant at = now.truncatedTo(ChronoUnit.SECONDS);
    return new AuditAnchor(
        head.number(),
        head.hash(),
        at,
        keys.id(),
        keys.sign(content(head.number(), head.hash(), at)));
  }

  /** What is signed. */
  private static String content(long number, String hash, Instant at) {
    return "audit-anchor %d %s %s".formatted(number, hash, at);
  }

  /** The line to keep. */
  String line() {
    return "%s %s %s".formatted(content(number, hash, at), key, signature);
  }

  /** All anchors in a text, such as a log or messages that were copied. */
  static List<AuditAnchor> findAll(String text) {
    List<AuditAnchor> found = new ArrayList<>();
    Matcher matcher = LINE.matcher(text);
    while (matcher.find()) {
      time(matcher.group(3))
          .ifPresent(at ->
              found.add(
                  new AuditAnchor(
                      Long.parseLong(matcher.group(1)),
                      matcher.group(2),
                      at,
                      matcher.group(4),
                      matcher.group(5))));
    }
    return found;
  }

  /** Empty for what only looks like an anchor: without a time it cannot have been signed. */
  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException notOne) {
      return Optional.empty();
    }
  }

  /** Why it does not count; empty if one of these keys has signed it. */
  Optional<String> fault(List<BotPublicKeys> keys) {
    Optional<BotPublicKeys> signer =
        keys.stream().filter(each -> each.id().equals(key)).findFirst();
    if (signer.isEmpty()) {
      return Optional.of("the bot has no key " + key);
    }
    return signer.get().hasSigned(content(number, hash, at), signature)
        ? Optional.empty()
        : Optional.of("its signature is wrong: it was made up or changed");
  }
}
