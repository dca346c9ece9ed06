package dev.bandmaster.wire;

/** How a request ended on a node. */
public enum FinalCode {
  /** Done. */
  OK,
  /** Tried and failed; the message says why. */
  FAILED,
  /** Ran past its time; its processes were ended. */
  TIMEOUT,
  /** The node's own policy forbids it. */
  DENIED,
  /** The request cannot be understood: an unknown version, arguments that the schema refuses. */
  INVALID,
  /** It arrived after its ttl had passed and was not run. */
  EXPIRED,
  /** The agent died while it ran; it is not known how far it got, and it was not run again. */
  LOST,
  /** It had been received before; carries the stored result when there is one. */
  DUPLICATE,
  /** Stopped because somebody asked for that. */
  CANCELLED,
  /** The node offers no such capability or action. */
  UNKNOWN_ACTION
}
