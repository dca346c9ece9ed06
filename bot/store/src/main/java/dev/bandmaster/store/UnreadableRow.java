package dev.bandmaster.store;

import org.jspecify.annotations.Nullable;

/** A row does not hold what a row of its table holds. */
final class UnreadableRow extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableRow(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
