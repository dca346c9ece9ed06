package dev.bandmaster.simulator.socket;

import com.fasterxml.jackson.databind.JsonNode;

/** How the delivery of an envelope ended. */
public sealed interface Delivery {
  /** The app acknowledged it; the payload is a missing node where it sent none. */
  record Acknowledged(JsonNode payload) implements Delivery {}

  /** No socket was open. */
  record NobodyThere() implements Delivery {}

  /** No acknowledgement came in time. */
  record TimedOut() implements Delivery {}
}
