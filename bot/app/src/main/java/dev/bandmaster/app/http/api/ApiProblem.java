package dev.bandmaster.app.http.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;

/** Why a request is not answered as asked; shown as a problem of RFC 9457. */
final class ApiProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Where the kinds of problems are described; a name, not an address to fetch. */
  private static final String TYPES = "urn:bandmaster:problem:";

  private final int status;
  private final String kind;
  private final transient Optional<Duration> retryAfter;

  private ApiProblem(int status, String kind, String detail, Optional<Duration> retryAfter) {
    super(detail, null, false, false);
    this.status = status;
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /** Something in the request is wrong; the detail says what to write instead. */
  static ApiProblem badRequest(String detail) {
    return new ApiProblem(400, "bad-request", detail, Optional.empty());
  }

  static ApiProblem unauthorised() {
    return new ApiProblem(
        401,
        "no-token",
        "A valid token is required: 'Authorization: Bearer …'. To make one, send the bot 'token create --for laptop' in a direct message.",
        Optional.empty());
  }

  /** The policy says no. */
  static ApiProblem denied(String detail) {
    return new ApiProblem(403, "denied", detail, Optional.empty());
  }

  /** The request came from or for a place that it must not. */
  static ApiProblem foreign(String detail) {
    return new ApiProblem(403, "foreign", detail, Optional.empty());
  }

  static ApiProblem notFound(String detail) {
    return new ApiProblem(404, "not-found", detail, Optional.empty());
  }

  static ApiProblem otherCommand() {
    return new ApiProblem(
        409,
        "key-used",
        "This Idempotency-Key was used for another command. Use a new key for a new command.",
        Optional.empty());
  }

  /** The facts say no: a typing error, an unknown node, a release that is not there. */
  static ApiProblem refused(String detail) {
    return new ApiProblem(422, "refused", detail, Optional.empty());
  }

  static ApiProblem tooMany(Duration retryAfter) {
    return new ApiProblem(
        429, "too-many-requests", "Too many requests. Try again later.", Optional.of(retryAfter));
  }

  static ApiProblem unavailable() {
    return new ApiProblem(
        503,
        "unavailable",
        "The bot's database is not available. Try again in a moment.",
        Optional.of(Duration.ofSeconds(1)));
  }

  static ApiProblem fault() {
    return new ApiProblem(
        500, "internal", "Internal error. See the bot's log for details.", Optional.empty());
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad request";
      case 401 -> "Token required";
      case 403 -> "Not allowed";
      case 404 -> "Not found";
      case 409 -> "Conflict";
      case 422 -> "Refused";
      case 429 -> "Too many requests";
      case 503 -> "Unavailable";
      default -> "Internal error";
    };
  }

  void write(Context context) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", TYPES + kind)
            .put("title", title(status))
            .put("status", status)
            .put("detail", getMessage());
    retryAfter.ifPresent(wait ->
        context.header(
            "Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()))));
    if (status == 401) {
      context.header("WWW-Authenticate", "Bearer");
    }
    context.status(status).contentType("application/problem+json").result(body + "\n");
  }
}
