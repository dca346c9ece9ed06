package dev.bandmaster.model;

/**
 * A message that was dropped because it cannot be trusted or read.
 *
 * @param kind why, as a word to count and group by
 * @param source whom the message claims to come from; empty when even that cannot be read, and
 *     never proven
 * @param reason a sentence without secrets and without content of the message
 */
public record RejectedMessage(Kind kind, String source, String reason) {
  /** Why a message was dropped. */
  public enum Kind {
    /** Not a message of this protocol, or too large. */
    MALFORMED,
    /** A protocol version that this program does not speak. */
    UNKNOWN_VERSION,
    /** The sender is not enrolled, or its key is not (or no longer) valid. */
    UNKNOWN_SENDER,
    /** The signature does not fit the key of the sender that the message claims. */
    BAD_SIGNATURE,
    /** Routing key, correlation or reply address say something else than the signed content. */
    DISAGREES,
    /** The sender's clock or the message's age is outside of what is allowed. */
    OUT_OF_TIME
  }

  /** Whether it suggests an attack, rather than an error or an old program. */
  public boolean suspicious() {
    return kind == Kind.BAD_SIGNATURE || kind == Kind.DISAGREES;
  }
}
