package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** How a Web API call ends. */
public sealed interface ApiAnswer {
  /** The usual answer: status 200 and a body with {@code ok}. */
  record Body(ObjectNode json) implements ApiAnswer {}

  /** 429 with {@code Retry-After}. */
  record TooMany(Duration retryAfter, ObjectNode json) implements ApiAnswer {}

  /** A bare HTTP status. */
  record Status(int status) implements ApiAnswer {}

  /** No answer: the connection is closed. */
  record Dropped() implements ApiAnswer {}
}
