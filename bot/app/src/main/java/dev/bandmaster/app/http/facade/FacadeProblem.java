package dev.bandmaster.app.http.facade;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;

/** Why a request is not answered as asked; shown as one line of plain text. */
final class FacadeProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Optional<Duration> retryAfter;

  private FacadeProblem(int status, String sentence, Optional<Duration> retryAfter) {
    super(sentence, null, false, false);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Something in the request is wrong; the sentence says what. */
  static FacadeProblem badRequest(String sentence) {
    return new FacadeProblem(400, sentence, Optional.empty());
  }

  static FacadeProblem unauthorised() {
    return new FacadeProblem(
        401,
        "A valid token is required: in the header 'Authorization: Bearer …' or the form field 'token'.",
        Optional.empty());
  }

  /** The policy says no, or the request came from or for a place that it must not. */
  static FacadeProblem denied(String sentence) {
    return new FacadeProblem(403, sentence, Optional.empty());
  }

  static FacadeProblem tooLong(String sentence) {
    return new FacadeProblem(413, sentence, Optional.empty());
  }

  static FacadeProblem otherType(String sentence) {
    return new FacadeProblem(415, sentence, Optional.empty());
  }

  /** The facts say no: an unknown environment, a role that is not allowed. */
  static FacadeProblem refused(String sentence) {
    return new FacadeProblem(422, sentence, Optional.empty());
  }

  static FacadeProblem tooMany(Duration retryAfter) {
    return new FacadeProblem(429, "Too many requests. Try again later.", Optional.of(retryAfter));
  }

  static FacadeProblem unavailable() {
    return new FacadeProblem(
        503,
        "The bot's database is not available. Try again in a moment.",
        Optional.of(Duration.ofSeconds(1)));
  }

  static FacadeProblem fault() {
    return new FacadeProblem(
        500, "Internal error. See the bot's log for details.", Optional.empty());
  }

  void write(Context context) {
    retryAfter.ifPresent(wait ->
        context.header(
            "Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()))));
    if (status == 401) {
      context.header("WWW-Authenticate", "Bearer");
    }
    context.status(status).contentType("text/plain; charset=utf-8").result(getMessage() + "\n");
  }
}
