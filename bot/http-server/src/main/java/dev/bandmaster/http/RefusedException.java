package dev.bandmaster.http;

import java.io.IOException;
import java.util.Optional;

/** Thrown to the reader of a request body that is invalid or incomplete. */
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1;

  private final Refusal refusal;

  RefusedException(Refusal refusal) {
    super(refusal.sentence());
    this.refusal = refusal;
  }

  /** The refusal behind a failure, however often it was wrapped. */
  static Optional<Refusal> behind(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < 8; i++) {
      if (cause instanceof RefusedException refused) {
        return Optional.of(refused.refusal);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
