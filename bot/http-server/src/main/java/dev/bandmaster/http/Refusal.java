package dev.bandmaster.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Why a connection or a request is refused, with what the client reads. */
enum Refusal {
  TOO_MANY_CONNECTIONS(503, "connections", "Too many connections are open. Try again in a moment."),
  TOO_SLOW(408, "slow", "The request took too long to arrive."),
  TARGET_TOO_LONG(414, "target", "The request's URL is too long."),
  TOO_MANY_HEADERS(431, "headers", "The request has too many headers."),
  BODY_TOO_LARGE(413, "body", "The request's body is too large."),
  TOO_MANY_BODIES(503, "bodies", "Too many large requests at once. Try again in a moment."),
  TOO_MANY_REQUESTS(429, "rate", "Too many requests from this address. Try again in a moment.");

  private final int status;
  private final String label;
  private final String sentence;

  Refusal(int status, String label, String sentence) {
    this.status = status;
    this.label = label;
    this.sentence = sentence;
  }

  int status() {
    return status;
  }

  /** The name of it in metrics. */
  String label() {
    return label;
  }

  String sentence() {
    return sentence;
  }

  /** Whether the same request may succeed a moment later. */
  boolean isTemporary() {
    return status == 503 || status == 429;
  }

  /** A whole response, for a connection on which no request is being handled. */
  byte[] response() {
    String body = sentence + "\n";
    List<String> lines = new ArrayList<>();
    lines.add(
        "HTTP/1.1 %d %s"
            .formatted(status, status == 503 ? "Service Unavailable" : "Request Timeout"));
    lines.add("Content-Type: text/plain; charset=utf-8");
    lines.add("Content-Length: " + body.length());
    if (isTemporary()) {
      lines.add("Retry-After: 1");
    }
    lines.add("Connection: close");
    lines.add("");
    lines.add(body);
    return String.join("\r\n", lines).getBytes(StandardCharsets.US_ASCII);
  }
}
