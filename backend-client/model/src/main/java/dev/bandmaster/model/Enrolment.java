package dev.bandmaster.model;

import java.util.Optional;

/**
 * A node shows its public key and asks to be trusted. The message is signed with the key that it
 * shows, which proves that the sender holds it, and nothing more: a person, a rule or a token
 * decides whether the name goes with the key.
 *
 * @param token what lets it in without a person, if it was given one; only the bot can read it
 */
public record Enrolment(EventStamp stamp, NodePublicKey key, Optional<String> token)
    implements NodeEvent {
  /** Characters of the longest token. */
  public static final int LONGEST_TOKEN = 512;

  public Enrolment {
    token.ifPresent(text -> {
      if (text.isEmpty() || text.length() > LONGEST_TOKEN) {
        throw new IllegalArgumentException(
            "an enrolment token has 1 to " + LONGEST_TOKEN + " characters");
      }
    });
  }

  /** A node that was given no token. */
  public Enrolment(EventStamp stamp, NodePublicKey key) {
    this(stamp, key, Optional.empty());
  }

  /** What a person compares with what the node's own log shows. */
  public String fingerprint() {
    return key.fingerprint();
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "Enrolment[%s, %s%s]"
        .formatted(stamp, key.fingerprint(), token.isPresent() ? ", with a token" : "");
  }
}
