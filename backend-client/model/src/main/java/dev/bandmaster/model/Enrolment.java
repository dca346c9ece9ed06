package dev.bandmaster.model;

/**
 * A node shows its public key and asks to be trusted. The message is signed with the key that it
 * shows, which proves that the sender holds it, and nothing more: a person or a rule decides
 * whether the name goes with the key.
 */
public record Enrolment(EventStamp stamp, NodePublicKey key) implements NodeEvent {
  /** What a person compares with what the node's own log shows. */
  public String fingerprint() {
    return key.fingerprint();
  }
}
