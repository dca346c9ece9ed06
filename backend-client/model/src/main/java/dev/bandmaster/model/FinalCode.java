package dev.bandmaster.model;

/** How a request ended on a node. */
public enum FinalCode implements WireNamed {
  /** Done. */
  OK("OK"),
  /** Tried and failed; the message says why. */
  FAILED("FAILED"),
  /** Ran past its time; its processes were ended. */
  TIMEOUT("TIMEOUT"),
  /** The node's own policy forbids it. */
  DENIED("DENIED"),
  /** The request cannot be understood: an unknown version, arguments that the schema refuses. */
  INVALID("INVALID"),
  /** It arrived after its ttl had passed and was not run. */
  EXPIRED("EXPIRED"),
  /** The agent died while it ran; it is not known how far it got, and it was not run again. */
  LOST("LOST"),
  /** It had been received before; carries the stored result when there is one. */
  DUPLICATE("DUPLICATE"),
  /** Stopped on request. */
  CANCELLED("CANCELLED"),
  /** The node offers no such capability or action. */
  UNKNOWN_ACTION("UNKNOWN_ACTION");

  private final String wireName;

  FinalCode(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
