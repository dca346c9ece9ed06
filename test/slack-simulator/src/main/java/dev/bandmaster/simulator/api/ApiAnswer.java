package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;

/** How a Web API call ends. */
public sealed interface ApiAnswer {
  /** The usual answer: status 200 and a body with {@code ok}. */
  record Body(ObjectNode json) implements ApiAnswer {}

  /** 429 with {@code Retry-After}. */
  record TooMany(Duration retryAfter, ObjectNode json) implements ApiAnswer {}

  /** A bare HTTP status. */
  record Status(int status) implements ApiAnswer {}

  /** An answer that is not Slack's: any status, headers and body. */
  record Raw(int status, Map<String, String> headers, String body) implements ApiAnswer {
    public Raw {
      headers = Map.copyOf(headers);
    }
  }

  /** The usual answer, one byte at a time with a pause before each. */
  record Drip(ObjectNode json, Duration pause) implements ApiAnswer {}

  /** No answer: the connection is closed. */
  record Dropped() implements ApiAnswer {}
}
