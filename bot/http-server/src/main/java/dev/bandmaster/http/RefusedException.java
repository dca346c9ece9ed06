package dev.bandmaster.http;

import java.io.IOException;
import java.util.Optional;

/** The body of a request did not come as it should; whoever reads it gets this. */
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
